# Failures, explained: what happened, and what to do about it.
explain-row-goal = Goal
explain-row-happened = Happened
explain-row-expected = Expected
explain-row-place = Where
explain-row-do = Do
explain-row-test = Test
explain-row-page = Read
explain-row-next = Then

explain-not-written = { $name } is not written yet: this is where you begin.
explain-not-written-mend = Replace the line marked “exercise” with code of your own. What it has to do is said in the goal of the task, in the docstring and in the test.
explain-file-missing = The file { $file } is not there (or is no UTF-8 text).
explain-file-missing-mend = Bring it back: workshop reset followed by its path, or workshop undo.
explain-syntax =
  Python cannot read the file: { $reason }.
  { $code }
explain-syntax-mend = Mend this line, or the one above it: often a bracket, a quote or a colon is missing there.
explain-conflict = The file still holds a conflict: both your version and the course's, between <<<<<<< and >>>>>>>.
explain-conflict-mend = Keep the lines that you want, and delete the lines with <<<<<<<, ======= and >>>>>>>.
explain-module-missing = There is no module { $module }, but something imports it.
explain-module-missing-mend = Check the spelling in the import. If the module is to exist, make { $file }; did a file get lost, workshop undo brings it back.
explain-package-missing = The package { $module } is not installed here.
explain-package-missing-mend = If it is a misspelt import, mend it. If not: nox -s dev installs everything, and workshop doctor says what else is missing.
explain-name-missing = { $module } has nothing called { $name }, but something imports it from there.
explain-name-missing-mend = Check the spelling on both sides: in the import, and in { $file }, where { $name } must be defined.
explain-circular = A circle of imports: { $module } is imported again before it has got as far as defining { $name }.
explain-circular-mend = Find the import that leads back (the place above is one end of it), and move it or what it imports to a module of its own.
explain-await =
  { $name ->
    [nobody] An await is missing
   *[other] An await is missing before a call of { $name }
  }: calling an async function only makes a coroutine, and nothing of it runs.
explain-await-mend = Write await in front of the call. If the function around it is not async, make it async def.
explain-await-too-much = There is an await in front of something that is no coroutine, but { $kind }.
explain-await-too-much-mend = Remove the await, or make the called function async def.
explain-signature = { $name } is called otherwise than it is written: { $reason }.
explain-signature-mend = Give the function exactly the parameters that it had in the beginning (workshop diff shows what you changed), or mend the call.
explain-table-missing = The database has no table { $table }: no migration makes it.
explain-table-missing-mend = Look in migrations/versions: is there a migration that creates { $table }, and is it in the chain (down_revision)? Is the model imported in app/core/models.py?
explain-column-missing = The database has no column { $column }, but the code uses it: the model is ahead of the migrations.
explain-column-missing-mend = Add the column in a migration, or take it out of the model.
explain-drift =
  The models and the migrations do not make the same tables. What a migration would have to change:
  { $difference }
explain-drift-mend = Make the model say what the migration does, or the other way round: names, types, indexes and their conditions.
explain-two-heads = The migrations have two ends: two files name the same down_revision.
explain-two-heads-mend = Let one of them follow the other: its down_revision is the other's revision.
explain-model-missing = A relationship names the model { $name }, and nothing has imported that model.
explain-model-missing-mend = Import it in app/core/models.py, which names every model of the app.
explain-registration =
  Something is used that was never registered:
  { $reason }
explain-registration-mend = Add the missing row to the table in the module's di folder, or the missing factory to a provider.
explain-route-missing =
  The app answers 404: there is no such route.
  { $assertion }
explain-route-missing-mend = See that the router has the route, and that the route's router is included all the way up to app/main.py.
explain-server-error =
  The app answers 500: an error was raised while it worked on the request.
  { $assertion }
explain-server-error-mend = Run the app and make the same request: the log shows the error with its place. workshop run mine
explain-server-raised =
  The app answers 500: { $error } was raised while it worked on the request.
  { $reason }
explain-server-raised-mend = Go to the place and ask which value there is not what you took it for.
explain-refused =
  The app refused: it answered { $answer }.
  { $said }
explain-refused-mend = { $code ->
    [none] Look at the test's line. Which request is that, and why does the app refuse it?
   *[other] Search app/ for “{ $code }”: what raises it, and should it here?
  }
explain-no-field = The answer has no { $key }: the app said something else than the test waits for.
explain-no-field-mend = Look at the test's line. Does it wait for a refusal where the app agreed, or the other way round?
explain-name-undefined = { $name } is used, but neither defined nor imported in this file.
explain-name-undefined-mend = Import { $name } at the top of the file, or mend its spelling.
explain-not-raised = { $expected } should have been raised, and nothing was.
explain-not-raised-mend = Find the case in which the docstring promises this error, and raise it there.
explain-assertion =
  The result is not what it has to be:
  { $assertion }
explain-assertion-mend = Compare the two sides. What does your code do with exactly these values?
explain-raised =
  { $error } was raised:
  { $reason }
explain-raised-mend = Go to the place and ask which value there is not what you took it for.
explain-service-down = { $services } does not answer, so nothing can be checked. Your code is not to blame.
explain-service-down-mend = Start it: workshop services up. If that does not help: workshop doctor
explain-loops = After { $seconds } s it was still running in { $name }, and was stopped: probably a loop without an end.
explain-loops-mend = Which condition ends the loop, and what in its body makes that condition come true?
explain-waits = After { $seconds } s the test still waited for something, and was stopped.
explain-waits-mend = Look for something that is awaited and never happens: a lock that is not released, an event that is not set, a connection that is not closed, a retry without an end. If the machine is only slow: WORKSHOP_TEST_SECONDS=60
explain-crash =
  The tests ended without an answer. The last lines of the log:
  { $tail }
explain-crash-mend = The whole log: { $log }. If it says nothing about your code, ask workshop doctor.
