# Commands
help-docs = The bilingual site. Without a command: build it.
docs-help-build = Check the pages and build the site; any warning fails the build.
docs-help-site = Where the site is written
docs-help-serve = Show the site and follow changes of docs/ and steps/.
docs-help-address = Where to listen
docs-help-check = Find what is wrong with the pages, without building the site.
docs-help-confirm = Pin a page after comparing its two languages.
docs-help-page = A page, such as steps/01_database.md
docs-help-commands = List the commands that the pages show, with what proves each.
docs-help-record = Run the commands whose outputs the pages show, and store what they print. Slow ones only by name.
docs-help-names = Names of outputs; without them, all
docs-built = The site is in { $folder } ({ $seconds } s).
docs-serving = The site is at http://{ $address }/ and follows docs/ and steps/. Stop it: Ctrl-C
docs-clean = The pages are in order.
docs-problem = { $problem }
docs-build-failed =
  MkDocs did not build the site. It said:
  { $output }
  Mend the page they name and run: nox -s docs
docs-not-utf8 =
  { $file } is not in UTF-8.
  Save it as UTF-8.

# Targets
target-path-wrong =
  “{ $target }” is not a path of the app.
  Write it from the app's root, with “/”: app/core/db/model.py::BaseModel
target-name-wrong =
  “{ $target }”: what stands after “::” is not a name.
  Write a class, function, method or constant: app/core/db/model.py::BaseModel
target-not-python =
  “{ $target }”: { $path } is not Python, so it has no names inside.
  Take the whole file: { $path }
target-no-file =
  “{ $target }”: at this step the app has no { $path }. Similar: { $near }.
  Correct the path or the step.
target-no-name =
  “{ $target }”: { $path } defines no such name. Similar: { $near }.
  Correct the name; a method is written with its class: User.create
target-ambiguous =
  “{ $target }” is defined more than once, on lines { $lines }.
  Give the definitions different names, or take the class or file around them.
target-syntax =
  { $path } is not valid Python: line { $line }, { $reason }.
  Mend the file in its step.
target-not-text =
  { $path } is not text in UTF-8, so nothing can be taken from it.
  Choose another file.

# Directives in pages
docs-in-page =
  { $file }:{ $line }: { $problem }
docs-directive-kind =
  “{ $line }” pulls nothing known. Known: { $known }.
  Example: ::: code app/core/db/model.py::BaseModel
docs-directive-argument =
  “{ $line }”: { $kind ->
    [code] “code” takes one target
    [output] “output” takes one name
   *[other] “{ $kind }” takes nothing
  }.
  Examples: ::: code app/core/db/model.py::BaseModel step=01 · ::: output step-01 · ::: settings
docs-directive-option =
  “{ $line }”: “{ $kind }” does not take this option, or its value is no number.
  Only “code” takes one: step=01
docs-step-unknown =
  There is no step { $asked }; the last one is { $last }.
  Correct the number after “step=”.
docs-snippet-step =
  “{ $target }”: this page belongs to no step, so it must be said which one is meant.
  Add it to the line: step=01
docs-snippet-long =
  “{ $target }” has { $count } lines; a page shows at most { $longest } at once.
  Take a definition from it instead of all.
docs-output-missing =
  There is no recorded output “{ $name }”.
  Declare its command in docs/commands.toml and run: workshop docs record { $name }
docs-message-unknown =
  The tool has no message “{ $message }”.
  Look it up in workshop/locales.
docs-ask-failed =
  “{ $command }” failed, so a reference page cannot be made. It said:
  { $output }
  Mend that and build again.
docs-commands-file =
  { $file } cannot be understood: { $reason }
  Compare it with the rows that are there.

# Checks
docs-page-missing =
  { $page } is missing in { $language ->
    [ru] docs/ru
   *[en] docs/en
  }, but exists in the other language.
  Write it there, or delete it here.
docs-headings-level =
  { $first }:{ $line } and { $second }:{ $other }: these headings have different levels, or one of them has no counterpart.
  Give both pages the same headings in the same order.
docs-headings-extra =
  { $file }:{ $line }: the heading “{ $title }” has no counterpart in { $other }.
  Write its section there, or delete it here.
docs-anchor-differs =
  { $first }:{ $line } and { $second }:{ $other }: the anchors of this heading differ.
  Give both the same, or none.
docs-item-differs =
  { $first }:{ $line } and { $second }:{ $other }: { $what } differs.
  Make both the same; only words are translated.
docs-item-count =
  { $first }:{ $line } and { $second }:{ $other }: this section has { $here } of “{ $what }” in one language and { $there } in the other.
  Make both the same; only words are translated.
docs-kind-fence = a fenced block
docs-kind-directive = a “:::” line
docs-kind-admonition = an admonition
docs-kind-row = a table row
docs-kind-image = an image
docs-kind-link = a link
docs-pasted =
  { $file }:{ $line }: { $count } lines of Python are pasted here; at most { $longest } may be.
  Pull them from a step: ::: code app/core/db/model.py::BaseModel
docs-fenced =
  { $file }:{ $line }: a “:::” line inside a fenced block is not filled in.
  Move it out of the block.
docs-command-unknown =
  { $file }:{ $line }: nothing proves the command “{ $command }”.
  Add it to docs/commands.toml.
docs-command-unused =
  docs/commands.toml: no page shows “{ $command }”.
  Delete the row.
docs-proof-lost =
  docs/commands.toml says that { $file } runs “{ $command }”, but the text is not there.
  Correct “proof”, or let the test run it.
docs-output-unrecorded =
  { $file } is not there, but docs/commands.toml declares it.
  Record it: workshop docs record { $name }
docs-output-unused =
  docs/outputs holds “{ $name }”, which no command in docs/commands.toml makes.
  Delete the file.
docs-unconfirmed =
  { $page }: nobody has confirmed yet that both languages say the same.
  Compare them and run: workshop docs confirm { $page }
docs-stale-ru =
  { $first } “{ $title }” changed, { $second } did not: the Russian text is older than the English one.
  Bring it up to date, then run: workshop docs confirm { $page }
docs-stale-en =
  { $second } changed, { $first } “{ $title }” did not: the English text is older than the Russian one.
  Bring it up to date, then run: workshop docs confirm { $page }
docs-stale-both =
  { $first } “{ $title }” and { $second } both changed since they were compared.
  Compare them and run: workshop docs confirm { $page }
docs-ledger-page =
  docs/ledger.json pins { $page }, which is gone.
  Delete its lines, or confirm any page: that drops them.
docs-ledger-broken =
  { $file } is not JSON any more, probably after a merge.
  Resolve the conflict in it by hand.
docs-page-unknown =
  There is no page { $page } in both languages.
  Pages are named from their language's folder: steps/01_database.md
docs-confirm-structure =
  { $page } cannot be confirmed: its languages differ in structure.
  { $problem }
docs-confirmed = { $page }: both languages are pinned as they are now.
docs-confirmed-before = { $page } was pinned like this already.
docs-recorded = { $file }: recorded
docs-recorded-same = { $file }: the same as before
docs-recorded-nothing = There is nothing to record.
docs-record-unknown =
  There is no output “{ $name }”. Known: { $known }.
  Outputs are declared in docs/commands.toml.
docs-record-failed =
  “{ $command }” ended with exit code { $code } instead of { $expected }. It said:
  { $output }
  Mend the command or its row in docs/commands.toml.
docs-record-endless =
  “{ $command }” has not ended within { $seconds } seconds. It said:
  { $output }
  Mend the command or its row in docs/commands.toml: `slow` gives it an hour.
docs-record-silent =
  “{ $command }” has not said “{ $until }” within { $seconds } seconds. It said:
  { $output }
  Mend the command or its row in docs/commands.toml.

# Words of the generated pages
docs-llms-pages = Pages
docs-origin-adds = Step { $step } adds this file.
docs-origin-replaces = Step { $step } replaces this file.
docs-origin-appends = Step { $step } appends to this file.
docs-origin-whole = Whole file
docs-changes-link = what changed
docs-changes-title = What step { $step } changes: { $title }
docs-changes-nav = Changes of step { $step }
docs-changes-intro = This page is made from the step's own files. What they mean is told in [step { $step }, { $title }]({ $page }).
docs-changes-files = Files
docs-changes-legend = `+` is a new file, `~` a replaced one, `>` one that grows by the lines below its old end, `-` a removed one.
docs-changes-settings = New settings
docs-changes-dependencies = New dependencies
docs-changes-migrations = Migrations
docs-changes-routes = New routes
docs-changes-replaced = Replaced files, line by line
docs-changes-whole = The step's files
docs-lines = { $count ->
    [one] { $count } line
   *[other] { $count } lines
  }
docs-column-setting = Setting
docs-column-example = Example
docs-column-comment = Comment in the file
docs-column-meaning = What it is for
docs-column-step = Step
docs-column-requirement = Package
docs-column-file = File
docs-column-revision = Revision
docs-column-title = Title
docs-column-method = Method
docs-column-path = Path
docs-column-session = Session
docs-column-argument = Argument
docs-column-brings = What it brings

# Sessions of nox whose description is not the noxfile's own
docs-session-step = Check step { $step }, { $title }.

# Exercises on the pages of the steps
docs-tasks-step =
  “::: tasks” stands on a page that belongs to no step.
  Move it to a page in steps/.
docs-tasks-none = This step has no exercises: read it, run it, and choose something from the section “Go further”.
docs-tasks-intro = Lay the start of this step with `workshop start { $number }`. The definitions that you are going to write are blank in it, and their tests fail. The next section holds the answers, so try first. [How to take the course]({ $page })
docs-tasks-targets = You write { $targets }.
docs-tasks-needs = Comes after { $tasks }.
docs-tasks-hint = Hint { $number } of { $count }
docs-tasks-challenge = Check it: `workshop check --challenge`

# What nox -s bench measured
docs-bench-missing =
  { $path } is not there: nothing was measured yet.
  Measure: nox -s bench -- --json { $path }
docs-bench-when = Measured on { $day } ({ $machine }), each server one process, medians of interleaved rounds.
docs-bench-chart = Requests per second of the finished app, as a share of the baseline’s; the tick is the aim.
docs-bench-column-case = Request
docs-bench-column-baseline = Baseline
docs-bench-column-baseline-speed = Baseline, requests/s
docs-bench-column-final-speed = Finished app, requests/s
docs-bench-column-ratio = Ratio
docs-bench-column-aim = Aim
docs-bench-column-p99 = p99, ms: baseline / app
docs-bench-server-bare = bare FastAPI
docs-bench-server-orm = FastAPI + SQLAlchemy
docs-bench-server-uncached = the finished app without the cache
docs-bench-case-trivial = a route that does nothing
docs-bench-case-me = who am I
docs-bench-case-by-id = a user by id
docs-bench-case-by-id--cached = the same, cached
docs-bench-case-list-of-20 = 20 of 10,000, with total
docs-bench-case-register = register
docs-bench-start = A web process answers { $final } s after its start and has { $final_memory } MiB of its own (bare FastAPI: { $bare } s, { $bare_memory } MiB).
docs-bench-queue = Tasks: { $pushed } per second pushed by one process (plain `XADD`: { $xadd }), { $done } per second done by one worker.
docs-bench-events = Events: { $relayed } per second from the outbox to Redis by one relay, { $handled } per second handled by one process of consumers, each in a transaction of its own.

# What nox -s tests takes
docs-checks-missing =
  { $path } is not there: nothing was measured yet.
  Measure: nox -s tests -- --json { $path }
docs-checks-when = Measured on { $day } ({ $machine }), side by side.
docs-checks-all = All, side by side
docs-checks-column-check = Check
docs-checks-column-tests = Tests
docs-checks-column-processor = Seconds of processor
docs-checks-column-seconds = Seconds

# What nox -s mutants found out
docs-mutants-missing =
  { $path } is not there: nothing was measured yet.
  Measure: nox -s mutants -- --json { $path }
docs-mutants-when = Measured on { $days } ({ $machines }), seed { $seeds }.
docs-mutants-all = All steps
docs-mutants-column-step = Step
docs-mutants-column-places = Places that can be changed
docs-mutants-column-tried = Changed
docs-mutants-column-noticed = Noticed
docs-mutants-column-same = Do the same
docs-mutants-column-survived = Missed
docs-mutants-column-score = Score
