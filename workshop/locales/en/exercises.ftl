# exercise.toml, and the contract of an exercise.
exercise-toml =
  { $file } is no valid TOML in UTF-8: { $reason }.
  Mend this place.
exercise-missing =
  { $file }: “{ $key }” is missing.
  Add it, as in the exercise of another step.
exercise-type =
  { $file }: “{ $key }” must be { $expected ->
      [str] a text
      [list] a list of texts
     *[dict] a table
    }.
  Mend the value.
exercise-unknown =
  { $file }: there is no key “{ $key }”. Known ones: { $known }.
  Mend the name or delete the key.
exercise-id =
  { $file }: the task “{ $found }” must be called “{ $expected }”: step, dot, place in the list.
  Mend the id, or the order of the tasks.
exercise-empty =
  { $file }: “{ $key }” is empty.
  Name at least one.
exercise-count =
  { $file } has { $count } tasks.
  Make it { $fewest } to { $most }.
exercise-language =
  { $file }: “{ $key }” is missing in the language { $language }.
  Add { $key }.{ $language }.
exercise-hints =
  { $file }: the hints of { $task } are { $counts }.
  Write as many in each language, { $fewest } to { $most }.
exercise-test-form =
  { $file }: { $key } names “{ $test }”, which is no test.
  Write tests/….py or tests/….py::test_name.
exercise-needs =
  { $file }: { $task } needs { $needed }, which is no earlier task.
  Name a task above it, or change the order.
exercise-twice =
  { $file }: { $test } is listed twice, in { $first } and { $second }.
  Leave it in one of them.
exercise-no-file =
  { $file }: a target names { $path }, and the step has no such file. Like it: { $near }.
  Mend the path.
exercise-nothing-to-blank =
  { $path }: { $name } cannot be blanked: there is no such function, method, class with methods, or assignment.
  Mend the target in exercise.toml.
exercises-hold = { $step }: the exercise holds.

slip-no-exercise =
  { $step } has no exercise.
  Write { $file }.
slip-other-layer =
  { $file }: { $task } blanks { $target }, which is not a file of { $layer }, so the start of the step would take something away from the end of the one before.
  Choose a definition in a file that { $layer } adds or replaces.
slip-whole-file =
  { $file }: { $task } names the file { $target } without a definition.
  Write { $target }::name.
slip-end-import =
  { $file }: { $test } cannot even be imported at the end of the step: { $reason }.
  Mend the step: workshop author test N
slip-end-fails =
  { $file }: { $test } fails at the end of the step: { $reason }.
  Mend the step: workshop author test N
slip-unknown-test =
  { $file }: the step has no test { $test }.
  Mend the name, or take it out.
slip-hang =
  { $file }: { $tree ->
      [start] at the start of the step,
      [end] at the end of the step,
     *[other] with { $tree } written,
    } { $test } did not end in { $seconds } s. It was in: { $place }
  Blank something else, or give the test a time limit. On a slow machine: WORKSHOP_TEST_SECONDS=60
slip-crash =
  { $file }: { $tree ->
      [start] at the start of the step,
      [end] at the end of the step,
     *[other] with { $tree } written,
    } the process of the tests ended before they did.
  Its last words: { $log }
survey-cut =
  Which tests a task turns green cannot be told, because not all could be run:
  { $reason }
slip-start-import =
  { $file }: with the definitions blanked, { $test } cannot be imported: { $reason }. A learner would see nothing but that.
  Blank something that runs later, not on import.
slip-undeclared =
  { $file }: { $test } fails at the start, and no task lists it: { $reason }.
  Add it to the task that turns it green, or to together (workshop author exercises N --survey).
slip-already-green =
  { $file }: { $test } is listed, but passes at the start.
  Take it out, or blank what it tests.
slip-wrong-reason =
  { $file }: { $test } fails at the start for a reason that teaches nothing: { $reason }.
  Blank otherwise, or declare the error's name in reasons.
slip-task-short =
  { $file }: with { $task } written (and what it needs: { $needs }), { $test } still fails: { $reason }.
  Name in needs what else it takes, or list the test elsewhere.
slip-task-more =
  { $file }: writing { $task } alone turns { $test } green, which it does not list.
  List it there.
slip-no-challenge =
  There is no stretch task.
  Write { $file } with README.en.md, README.ru.md, tests/ and solution/.
slip-challenge-part =
  { $file } has no { $part }.
  Add it.
slip-challenge-green =
  { $file }: its tests must fail without the solution, and these pass: { $tests }.
  Test what the step does not do yet.
slip-challenge-fails =
  { $file }: with the solution, { $test } fails.
  Mend the solution or the test.

# The capstone.
capstone-no-stages =
  The capstone has no { $file }.
  Write it: what is built, in which order, and which tests show it.
capstone-patch =
  { $file } does not fit the course any longer: { $reason }.
  Make the same change to the files as they are now, and write the patch anew: git diff -U1
slip-capstone-stage =
  { $file }: no stage names { $test }, so a check would leave it out.
  Add it to a stage.
slip-capstone-page =
  { $file } sends readers to { $page }, which is not there.
  Mend the name of the page.
slip-capstone-replaces =
  { $file }: the solution brings { $path } along, which the course has too, and would undo what the course changes in it.
  Put the lines that it adds into { $patch }.
slip-capstone-reason =
  { $file }: without the solution, { $test } fails for a reason that teaches nothing: { $reason }.
  Let the test look at the answer first.
