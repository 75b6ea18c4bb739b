# Reading steps/ and step.toml.
layers-none =
  { $folder } holds no step.
  Make the first one: a folder such as steps/01_database with a step.toml.
layers-folder-name =
  { $folder }: a step's folder is named by two digits and a slug, such as 05_events.
  Rename the folder, or move it out of steps/.
layers-manifest-missing =
  { $folder } has no step.toml, so it is not a step yet.
  Write { $file } with number, slug, title and services; the other steps show how.
layers-folder-mismatch =
  { $file }: number = { $number } and slug = "{ $slug }" do not match the folder { $folder }.
  Correct the two keys, or rename the folder to { $expected }.
layers-number-twice =
  Two steps have the number { $number }: { $first } and { $second }.
  Give one of them another number, in its folder's name and in its step.toml.
layers-number-gap =
  { $folder }: step { $missing } is missing before it; steps are numbered 01, 02, 03, …
  Add the missing step, or renumber this folder and its step.toml.
layers-toml-encoding =
  { $file } is not UTF-8: byte { $position } cannot be read.
  Save the file as UTF-8.
layers-toml-invalid =
  { $file } is not valid TOML: { $reason }.
  Correct that place.
layers-key-missing =
  { $file }: the key “{ $key }” is missing.
  Add it, for example: { $example }
layers-key-unknown =
  { $file }: there is no key “{ $key }”. Known: { $known }.
  Correct the name or delete the key.
layers-key-type =
  { $file }: “{ $key }” must be { $expected ->
      [int] a whole number
      [str] a string in quotes
      [list] a list in square brackets
     *[dict] a table
    }, not { $found }.
  Correct the value.
layers-slug-invalid =
  { $file }: number = { $number } and slug = "{ $slug }" name no step.
  The number counts from 1; the slug is lower-case Latin letters, digits and “_”, a letter first.
layers-service-unknown =
  { $file }: services names “{ $service }”, which the workshop cannot start. Known: { $known }.
  Correct the name or delete it.
layers-service-twice =
  { $file }: services names “{ $service }” twice.
  Delete one of the two.
layers-digest-invalid =
  { $file }: [replaces] has “{ $found }” for { $path }; it must be “sha256:” and 64 hexadecimal digits.
  Delete the line and run: workshop author pin STEP { $path }
layers-path-unsafe =
  { $file }: “{ $key }” lists “{ $path }”, which is not a path inside the app.
  Write it from the app's root, with “/”, without “..”, and with names that Windows allows: app/main.py.
layers-path-twice =
  { $file }: { $path } is listed twice, under “{ $first }” and under “{ $second }”.
  Keep one of the two.
layers-symlink =
  { $file } is a symbolic link; on Windows git turns those into text files.
  Put a real file there.
layers-crlf =
  { $file } has CRLF line ends.
  Save it with LF line ends (your editor's status bar or .editorconfig sets this).
layers-name-refused =
  { $file }: the name “{ $part }” is refused by Windows, or kept for git or the tool.
  Rename the file.
layers-clash =
  { $first } and { $second } cannot both exist on Windows and macOS: their paths differ only in case,
  or one is a file where the other needs a folder.
  Rename one of them, or list the lower one under “removes” in the upper step.toml.

# Writing a composed tree.
layers-tree-locked =
  Another process has been writing { $target } for a minute.
  Wait for it, or end it, and run the command again.
layers-tree-file-in-the-way =
  { $path } is a file, but the app has a folder there.
  Move your file elsewhere and run the command again.
layers-tree-directory-in-the-way =
  { $path } is a folder with files of yours, but the app has a file there.
  Move the folder elsewhere and run the command again.

# Git.
git-missing =
  Git is not installed, or is not on PATH.
  Install it from https://git-scm.com/downloads, open a new terminal and run the command again.
git-no-repository =
  { $folder } is not the top folder of a git repository.
  Clone the workshop with git, or start a repository there: git init, git add ., git commit.
git-failed =
  “{ $command }” failed in { $folder }:
  { $complaint }
  Put right what git reports and run the command again.
