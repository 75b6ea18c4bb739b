run-help-target = What to run: final (all steps that exist), mine (your workspace, as it is now), or the number of a step, as it is at its end.
run-help-port = Port to listen on. By default 8000, or the next free one.
run-help-host = Address to listen on.

run-title = Step { $number } · { $title }
run-port-moved = Port { $taken } is taken, so the app gets { $port }.
run-seconds = { NUMBER($seconds, minimumFractionDigits: 1, maximumFractionDigits: 1) } s
run-services = Services: { $names }
run-compose = App written to { $path }
run-pre-start = Wait for the database
run-migrate = Migrate the database
run-init-data = Create the first data

run-ready = The app answers at { $url }
run-link-docs = API docs
run-link-users = Users
run-link-health = Health
run-link-inbox = Inbox
run-admin = First administrator: { $username } ({ $email }), password { $password }
run-admin-elsewhere =
  First administrator: { $username } ({ $email }), password { $password }
  (if this database had an administrator before, that one still has its own password)
run-admin-yours = First administrator: { $username } ({ $email }), password: your FIRST_ADMIN_PASSWORD
run-how-to-stop = Each log line begins with the name of its process. Stop everything: Ctrl-C
run-slow = The app has not answered GET /health/live for { $seconds } seconds. Still waiting; the lines above should say why.
run-made =
  Tables in the database: { $tables }
  The app is in { $folder }
run-no-process = There is no process to keep running at this step: it has no Procfile yet. Step 2 adds the API.

run-stopping-interrupt = Stopping. Ctrl-C again does not wait for the processes.
run-stopping-terminate = SIGTERM received: stopping.
run-stopping-hangup = The terminal is closed: stopping.
run-stopping-output = Nobody reads the output any more: stopping.
run-stopping-parent = The command that started this one is gone: stopping.
run-stopped = Stopped.
run-services-stopped = Services stopped too: { $names }.
run-services-left = Services left running, as they were before: { $names }.
run-services-shared = Services left running for another “workshop run”: { $names }.

run-blanks = { $count ->
    [one] One task is not written yet. The app fails where it needs it:
   *[other] { $count } tasks are not written yet. The app fails where it needs one of them:
  }
run-blanks-how = What the first has to do: workshop check. Stuck: workshop hint
run-blank = Task { $task } is not written yet: { $title } ({ $place })
run-died-blank =
  Process { $name } ended by itself, because it needs what is not there. The others are being stopped.
  { $blank }
  What it has to do: workshop check. Stuck: workshop hint
run-task-blank =
  Task { $task } is not written yet, and “{ $command }” needs it: { $title }
  Write { $place }, then start again. What it has to do: workshop check. Stuck: workshop hint { $task }

run-died = Process { $name } ended by itself: { $how }. The others are being stopped. Its last lines:
run-code = exit code { $code }
run-signal = killed by { $signal }
run-died-where =
  Everything it said: { $log }
  Its command: { $command }

run-target-unknown =
  There is no “{ $asked }” to run. Possible: final, mine (your workspace), or the number of a step from 1 to { $last }.
  Example: workshop run { $last }
run-state =
  { $path } cannot be written: { $reason }
  The workshop keeps its builds, logs and data in .workshop. Give yourself the right to write there, or delete what stands in its place.
run-database =
  The database { $name } could not be made: { $reason }
  Restart the services (workshop services down) and try again; look for free disk space if it happens again.
run-dotenv =
  The settings in { $path } cannot be read: { $reason }
  Save the file as UTF-8 text with lines NAME=value, or delete it.
run-port-wrong =
  “{ $asked }” is not a port: a port is a whole number from 1 to 65535.
  Example: workshop run --port 8001
run-port-held =
  Port { $port } is taken by process { $pid }: { $process }
  Stop it (kill { $pid }) or choose another port: workshop run --port { $other }
run-port-held-windows =
  Port { $port } is taken by process { $pid }: { $process }
  Stop it (taskkill /PID { $pid }) or choose another port: workshop run --port { $other }
run-port-taken =
  Port { $port } is taken; which process holds it, the system does not tell us. It may be another “workshop run”.
  Choose another port: workshop run --port { $other }
run-port-none =
  Not one port from { $first } to { $last } is free on this machine.
  Stop a program that listens, or choose another address: workshop run --host 127.0.0.2
run-port-forbidden =
  This user may not listen on port { $port }: the system keeps low ports for the administrator.
  Choose a higher one: workshop run --port { $free }
run-host-wrong =
  “{ $host }” is not an address of this machine.
  Use --host 127.0.0.1 (this machine only) or --host 0.0.0.0 (the whole network).

run-task-failed =
  “{ $command }” failed in { $folder } with exit code { $code }; its last lines are above.
  { $mend }
  All of its output: { $log }
run-mend-database = Check DATABASE_URL in your environment and in .env, and that the server answers. Without that setting the workshop starts a database of its own.
run-mend-migrations = Look at the last lines above: a file in migrations/versions of this step cannot be applied, or DATABASE_URL names a database that this user may not change.
run-mend-foreign = The database named by DATABASE_URL was migrated by a later step. Name an empty database there, or remove the setting: then every step has a database of its own.
run-mend-settings = Check the settings whose names begin with FIRST_ADMIN_ in your environment and in .env.

run-procfile-line =
  { $where }: this is not a process: { $line }
  A line is a name, a colon and a command. Example: web: uvicorn app.main:app
run-procfile-twice =
  { $where }: the name { $name } is used a second time.
  Give each process of the Procfile its own name.
run-procfile-quotes =
  { $where }: a quotation mark is not closed: { $line }
  Close it, or write the command without quotation marks.
run-procfile-shell =
  { $where }: “{ $found }” needs a shell, and processes are started without one.
  Write one command per process; put more into a Python module of the app.
run-procfile-variable =
  { $where }: the variable { $name } is not set.
  Set { $name } in .env or in the environment, or write a default into the line after “:-”.
run-procfile-program =
  { $where }: there is no program { $program }.
  Correct the line, or install the dependencies: nox -s dev
