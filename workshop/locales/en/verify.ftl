help-test = Check one step: compose it, start its services, run its tests.
help-test-number = Number of the step. What follows it goes to pytest, such as -k soft_delete.
help-test-mine = Check your own code in workspace/, as workshop check does.
help-verify = Run every check side by side, or only those that you name.
help-verify-names = Checks to run: tests-layers, types, lint, composition, step-01, …
help-verify-complete = Run all tests at every step, also those that its layer does not change.
help-verify-json = Write there what each check took.
step-unknown =
  There is no step { $asked }: the steps go from 1 to { $last }.
  Example: workshop author test 1
test-times = { $folder }: composed in { $compose } s, services ready in { $services } s, tests took { $tests } s
check-program-missing =
  The program { $program } is not installed here.
  Make the environment anew: nox -s dev
verify-unknown = There is no check { $asked }. Known ones: { $known }.
verify-begins = Checking: { $jobs }
verify-selected = Steps before the last ran the tests closest to their layers. All tests at every step: nox -s tests -- --complete
verify-passed = ✓ { $name } ({ $seconds } s)
verify-passed-tests =
  ✓ { $name }: { $tests ->
    [one] { $tests } test
   *[other] { $tests } tests
  }{ $skipped ->
    [0] {""}
   *[other] , { $skipped } skipped
  } ({ $seconds } s)
verify-passed-alone =
  ! { $name }: failed beside other checks, passed alone ({ $seconds } s).
  What it printed when it failed: { $log }
verify-failed = ✗ { $name } ({ $seconds } s)
verify-again =
  That was: { $command }
  in { $folder }; all of its output: { $log }
verify-column-job = check
verify-column-result = result
verify-column-tests = tests
verify-column-skipped = skipped
verify-column-seconds = seconds
verify-ok = passed
verify-ok-alone = passed alone
verify-not-ok = FAILED
