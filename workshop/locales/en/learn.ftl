# The learner's loop.
help-doctor = Say what this machine lacks, and how to get it
help-status = Show the steps, your tasks, and where you are
help-start = Lay the starting point of a step into workspace/
help-check =
  Check your code, and explain the first failure

  One test may take 20 seconds. On a slow machine give it more, in the variable WORKSHOP_TEST_SECONDS.
help-watch = Check on every save
help-hint = Show the next hint for your task
help-diff = Show what you have written, or compare two steps
help-solution = Show the course's answer to your task
help-reset = Bring the step, or some files, back to the start
help-undo = Take a change of the tool back
help-next = Check, and go on to the next step
help-update = Bring changes of the course into your code
help-exercises = Check that the exercises can be solved as declared

learn-argument-step = Number of the step; your current one by default
learn-argument-task = Task such as 01.2; the first unfinished one by default
learn-argument-paths = Files or folders of the app; everything by default
learn-argument-change = Number of the change; the last one by default
learn-argument-diff = A step's number (its end), start, mine or final
learn-help-json = Answer with JSON, for programs
learn-help-list = List the changes that can be taken back
learn-help-keep = Keep your own code: merge the course into it with git
learn-help-next-force = Go on although tasks are unfinished
learn-help-challenge = Check the stretch task of the step
learn-help-capstone = Check the capstone, after the last step
learn-help-poll = Look for changes again and again, where the system tells of none
learn-help-again = Show the hints that you have seen once more
learn-help-apply = Write the answer into your file
learn-help-survey = Only show which tests each task turns green

learn-saved =
  Your files are saved as they were (change { $number }).
  To bring them back, at any time: workshop undo { $number }
learn-interrupted =
  An earlier command was interrupted while it changed your files.
  To bring back what was there before it: workshop undo { $number }
learn-changed = { $count ->
    [0] No file had to change.
    [one] One file is different now:
   *[other] { $count } files are different now:
  }
learn-repository =
  { $folder } is a git repository of your own now: commit in it whenever you like.
  The tool never touches its branches and commits.
learn-step = Step { $number }: { $title }
learn-where = Your app is in { $folder }: edit the files there and nowhere else.
learn-page =
  The page of this step:
  {"  "}{ $page }
learn-begin =
  See what is to be done: workshop check
  Check on every save: workshop watch
learn-old = The course has changed since your workspace was made. To take the changes: workshop update
learn-conflicts = { $count ->
    [one] In one file you and the course changed the same place:
   *[other] In { $count } files you and the course changed the same place:
  }
learn-conflict-lines = both versions are in the file, between <<<<<<< mine and >>>>>>> course
learn-conflict-course-removed = the course no longer has this file; yours was kept
learn-conflict-you-deleted = you had deleted this file, and the course has changed it; the course's is back
learn-conflict-whole = this is no text that could be merged; yours was kept
learn-conflicts-how =
  Open each of these files, keep the lines that you want, and delete the lines with
  <<<<<<<, ======= and >>>>>>>. Then: workshop check

learn-step-unknown =
  There is no step { $asked }: the steps go from 1 to { $last }.
  Example: workshop start 1

workspace-none =
  There is no { $folder } yet.
  Make it with the first step: workshop start 1
workspace-unknown-step =
  { $folder } has files, but nothing says which step they belong to.
  Say it: workshop start N. What is there is saved first, and workshop undo brings it back.
workspace-busy =
  Another workshop command is changing your workspace, and has been for a minute.
  Wait until it is done, or end it, and repeat.
workspace-closed =
  The tool's folder { $path } cannot be made: { $reason }.
  Move away what stands there, or make it writable, and repeat.
workspace-unreadable =
  workspace/{ $path } cannot be read: { $reason }. What cannot be read cannot be saved, so nothing was changed.
  Make it readable or move it away, and repeat.
workspace-not-saved =
  Your files could not be saved in { $folder }, so nothing was changed.
  See whether the disk is full: workshop doctor
workspace-directory-in-the-way =
  workspace/{ $path } is a directory with files that git ignores, and the course has a file of that name.
  Move the directory away and repeat.
workspace-restless =
  workspace/{ $path } keeps changing while the tool works.
  Stop the program that writes it, and repeat.

undo-nothing = There is nothing to take back: the tool has not changed your files yet.
undo-unknown =
  There is no change { $asked }; the last one is { $last }.
  All of them: workshop undo --list
undo-done = Everything is as it was before “{ $command }” (change { $number }).
undo-line = { $number }  { $made }  before: workshop { $command }
reset-same = The files are at the starting point already.
reset-unknown =
  The step has no file { $path }. Like it: { $near }.
  Name a file of the app, such as app/main.py.

status-no-tasks = no tasks
status-begin = Begin: workshop start 1
status-next = Check: workshop check · stuck: workshop hint
status-capstone =
  You are at the capstone. Its text: exercises/capstone/README.en.md
  Check: workshop check --capstone

check-later =
  Your workspace is at step { $current }, so step { $asked } cannot be checked yet.
  To jump there: workshop start { $asked }
page-place = { $title ->
    [none] { $place }
   *[other] { $place } “{ $title }”
  }
page-site = workshop docs serve, then { $url }
check-begins = The tests begin …
check-runs = { $ended } of { $known } tests
check-limit =
  { $setting } is “{ $asked }”, and has to be a number of seconds above 0.
  Example: { $setting }=60. Without it a test may take 20 seconds.
check-others-title = Your tasks are done, but something else does not hold
check-next-hint = workshop hint   (hint { $number } of { $total })
check-next-solution = workshop solution { $task }   (you have seen all hints)
check-done = { $count ->
    [one] Done: one test passed in { $seconds } s.
   *[other] Done: all { $count } tests passed in { $seconds } s.
  }
check-done-next = Go on: workshop next   (workshop next --keep takes your own code along)
check-done-last = That was the last step. What is left is the capstone, a module of your own: workshop start capstone
check-left = { $left ->
    [0] All tasks are done, but the step is not ({ $seconds } s).
    [one] One of { $count } tasks is left ({ $seconds } s).
   *[other] { $left } of { $count } tasks are left ({ $seconds } s).
  }
capstone-later =
  The capstone comes after the last step, and your workspace is not there yet.
  Go on with `workshop next`, or jump: `workshop start capstone` lays the end of step { $last }.
capstone-none =
  The course has no capstone yet: exercises/capstone is not there.
  Get it with `git pull`, then `workshop update`.
capstone-text = The capstone is described in { $file }.
capstone-done = The capstone is done: all { $count } tests passed in { $seconds } s.
capstone-left = { $left ->
    [one] One of { $count } stages is left ({ $seconds } s).
   *[other] { $left } of { $count } stages are left ({ $seconds } s).
  }
capstone-begin = Check it with `workshop check --capstone`. What you had before is safe: `workshop undo`.
challenge-none =
  Step { $step } has no stretch task.
  Its tasks: workshop status
challenge-done = The stretch task is done.
challenge-left = The stretch task is not done yet.

hint-number = Hint { $number } of { $total }
hint-more = One more: workshop hint
hint-last = That was the last hint. The answer: workshop solution { $task }
solution-apply = To write this into your file (it is saved first): workshop solution { $task } --apply
solution-applied = The answer is in your files. See what it does: workshop check
solution-whole = { $path } could not be read as Python with that definition in it, so the whole file was replaced.

task-none-in-step = This step has no tasks.
  Go on: workshop next
task-unknown =
  This step has no task { $asked }; it has { $known }.
  All of them: workshop status
task-all-done = Every task of this step is done. Go on: workshop next
task-all-done-last =
  Every task of the last step is done. What is left is the capstone, a module of your own.
  Begin it: workshop start capstone
task-capstone =
  You are at the capstone, which has stages in place of tasks, and no hints. The check says where to read.
  Check: workshop check --capstone. A solution to compare with: exercises/capstone/solution

next-unfinished = Not done yet, so you stay here. To go on anyway: workshop next --force
next-last =
  Step { $step } is the last one there is. You are through.
  What is left is the capstone, a module of your own: workshop start capstone
update-nothing = The course has not changed since your workspace was made.
update-done = The changes of the course are in your code. See whether all holds: workshop check
diff-same = { $before } and { $after } do not differ.
diff-unknown =
  There is nothing called { $asked } to compare.
  Use a step's number from 1 to { $last } (its end), start, mine or final: workshop diff 1 2
watch-begins = Waiting for you to save a file in workspace/. To stop: Ctrl-C
watch-polls = This system does not tell of saved files here, so the tool looks for itself, three times a second. To stop: Ctrl-C
watch-waits = … waiting for the next save (Ctrl-C stops)
