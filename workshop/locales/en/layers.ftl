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

# What a person named.
ask-step-unknown =
  There is no step “{ $asked }”. Steps: { $known }.
  Name one by its number: 05

# author check.
check-stale =
  { $file }: stale replacement. The file below step { $layer } has changed since this one was written against it.
  Carry the change up: { $propagate }
check-undeclared =
  { $file } lies over a file of a lower step, but { $manifest } does not declare it.
  Declare the replacement: { $pin }
check-undeclared-append =
  { $file } lies over a file that steps append to, but { $manifest } does not say what this one does.
  If it appends, add "{ $path }" to “appends” there; if it replaces, run: { $pin }
check-identical =
  { $file } replaces a file with the same content.
  Change it, or delete it and then run: { $pin }
check-replaces-nothing =
  { $file } is declared as a replacement in { $manifest }, but nothing lies below step { $layer }.
  Make it an added file: { $pin }
check-replacement-missing =
  { $manifest } declares that { $path } is replaced, but { $file } does not exist.
  Write the file, or drop the declaration: { $pin }
check-appends-to-nothing =
  { $file } is declared in “appends”, but nothing lies below step { $layer } to append to.
  Make it an added file: { $pin }
check-append-missing =
  { $manifest } lists { $path } in “appends”, but { $file } does not exist.
  Write the file, or drop the declaration: { $pin }
check-append-empty =
  { $file } is empty, so it appends nothing.
  Write the lines, or delete the file and then run: { $pin }
check-append-executable =
  { $file } is executable, but an appended file takes that from the file below.
  Clear the bit: git update-index --chmod=-x "{ $file }" (and chmod -x on Linux and macOS)
check-removes-nothing =
  { $manifest } removes { $path }, but nothing lies below step { $layer }.
  Drop it: { $pin }
check-removed-yet-present =
  { $manifest } removes { $path }, but { $file } puts it back in the same step.
  Declare it as a replacement instead: { $pin }
check-empty-directory =
  { $file } is an empty folder; git does not keep those.
  Delete it, or put a file into it.
check-conflict =
  { $file } holds git's conflict markers.
  Edit the file until none is left and run: { $propagate }
check-ignored =
  { $file } is ignored by git (see .gitignore), so no other checkout would have it.
  Rename it, narrow the pattern, or run: git add -f "{ $file }"
check-clean = The layers are in order.
check-total = total
check-column-step = step
check-column-files = files
check-column-added = added
check-column-replaced = replaced
check-column-appended = appended
check-column-removed = removed
check-column-share = share replaced

# author own, author pin.
own-already =
  { $file } exists already: the step has this file.
  Edit it there.
own-nothing =
  There is no { $path } below step { $layer }. Alike: { $near }.
  Correct the path, or write the file anew: then it is an added one.
own-done = { $file } is now the step's own, copied from { $origin }. Edit it there.
pin-unknown =
  { $file }: the step neither holds nor declares this path. Alike: { $near }.
  Correct the path.
pin-conflict =
  { $file } still holds git's conflict markers.
  Edit the file until none is left and run the command again.
pin-done = { $manifest } now says what { $file } is.
pin-unchanged = { $manifest } already said what { $file } is.

# author propagate.
propagate-nothing = Nothing to carry up: no replacement is stale.
propagate-merged = { $file }: the change below is merged in, and { $manifest } pins the new base.
propagate-released = { $file } became equal to the file below, so it is deleted.
propagate-resolved = { $file }: the resolved file is pinned in { $manifest }.
propagate-conflict =
  { $file }: the change below conflicts with this step's; the markers are in the file.
  Edit it until none is left and run: { $propagate }
  Or, to keep the file as you leave it: { $pin }
propagate-conflict-left =
  { $file } still holds git's conflict markers.
  Edit it until none is left and run: { $propagate }
propagate-base-lost =
  { $file }: what it was written against is neither in git's history nor on this machine.
  Compare it with the file below by hand, then run: { $pin }
propagate-binary =
  { $file } is not text, so it cannot be merged.
  Bring it up to date by hand, then run: { $pin }

# author edit, author save.
edit-opened =
  The end of step { $step } is in { $folder }, a git repository of its own.
  Edit there, then run: workshop author save { $number }
edit-unsaved =
  { $folder } holds edits of step { $step } that are not saved.
  Save them: workshop author save { $step }
  Or drop them: workshop author edit { $step } --discard
edit-broken =
  { $folder } lost the record of what it was made from.
  Copy away what you need and run: workshop author edit { $number } --discard
edit-not-open =
  The tree of step { $step } is not open.
  Open it: workshop author edit { $number }
edit-layers-moved =
  { $path } changed in the layers after the tree of step { $step } was opened, and you edited it too.
  Put the file in steps/ back, or move your edit out of { $folder } and run: workshop author edit { $number } --discard
edit-inexact =
  The layers would not give back what you wrote in: { $paths }. Nothing was saved.
  Save the edits of those files one at a time, or make them in steps/.
edit-saved = saved: { $file }
edit-nothing = Nothing to save: no file differs.

# author branches, author import.
branches-written = { $branch }: { $commit }
branches-unchanged = { $branch }: { $commit }, as before
branches-deleted = { $branch }: deleted, there is no such step
branches-checked-out =
  { $branch } is checked out in { $folder }, so it is not moved under your feet.
  Switch to another branch there and run the command again: git switch main
branches-foreign =
  { $branch } holds { $count ->
      [one] a commit
     *[other] { $count } commits
    } that this tool did not make. The newest: { $commit }
  Read them into the layers: workshop author import
  Or drop them: workshop author branches --force
import-branch-missing =
  There is no branch { $branch }, so the chain of steps is not whole.
  Make the branches first: workshop author branches
import-layer-missing =
  The branch { $branch } has no step.
  Make the folder steps/{ $number }_slug with a step.toml, or delete the branch: git branch -D { $branch }
import-no-base =
  { $branch } is not built on { $lower }.
  Rebase it: git rebase --onto { $lower } <its old base> { $branch }
import-not-rebased =
  { $branch } is not built on the newest { $lower }; it was read as a change to the older one.
  See what that left behind: workshop author check
import-unsaved =
  { $file } has changes that are not committed, and the import would write over { $count ->
      [one] it
     *[other] { $count } such files
    }.
  Commit the changes in steps/ and run the command again.
import-changed = imported: { $file }
import-nothing = The branches and the layers are alike.

# final/.
final-same = final/ is what the layers compose to.
final-missing =
  { $file } is missing; it comes from { $origin }.
  Write final/ anew: nox -s final
final-extra =
  { $file } comes from no layer.
  If it belongs to the app, move it into a step; then write final/ anew: nox -s final
final-changed =
  { $file } differs from { $origin }.
  Make the change in the layer, then write final/ anew: nox -s final
final-made = made: { $file }
final-rewritten = rewritten: { $file }
final-deleted = deleted: { $file }

# why.
why-argument-place = A file of the app or of a step, and the line if you like: final/app/main.py:33
why-no-file =
  There is no “{ $path }” in the app. Alike: { $near }.
  Correct the path; it counts from the app's root, from final/ or from steps/.
why-removed =
  { $path } is not in the finished app: { $manifest } removes it.
  Ask for the file of an earlier step: steps/NN_slug/{ $path }
why-no-line =
  { $path } has no line { $line }: it has { $count ->
      [one] { $count } line
     *[other] { $count } lines
    }.
  Ask for a line from 1 to { $count }, or leave the line out.
why-outdated =
  final/{ $path } is not what the layers compose to, so its lines may be others than below.
  Write final/ anew: nox -s final
why-line = { $path }:{ $line }: { $content }
why-written = Written by step { $number } ({ $title }): { $file }
why-kept = Kept when step { $number } ({ $title }) replaced the file: { $file }
why-file =
  { $path }: { $count ->
      [one] { $count } line
     *[other] { $count } lines
    }, owned by { $owner }
why-share =
  Step { $number } ({ $title }) wrote { $count ->
      [one] { $count } line
     *[other] { $count } lines
    }
why-page = Page: { $page }
why-test = Test: { $file }

# Help of workshop author.
author-argument-step = Number of the step, such as 05
author-argument-step-optional = Number of one step; without it, all of them
author-argument-path = Path of a file in the app, such as app/main.py
author-help-own = Copy a lower file into a step, to replace it there.
author-help-pin = Make what a step declares about a file true.
author-help-propagate = Merge changes from below into the replacing files.
author-help-check = Find what is wrong with the layers; count their files.
author-help-edit = Open the end of a step as a tree for editing.
author-help-discard = Drop edits that are not saved
author-help-save = Save an edited tree back into the layers.
author-help-import = Read edited step branches back into the layers.
author-help-branches = Make the branches step-01, step-02, … from the layers.
author-help-force = Drop commits that this tool did not make
author-help-final = Write final/ from all layers.
author-help-final-check = Only tell what differs; exit with 1 if something does
