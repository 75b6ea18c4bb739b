run-help-target = Что запустить: final (все шаги, какие есть), mine (ваш workspace, как он есть) или номер шага — приложение, каким оно становится в конце шага.
run-help-port = Порт. По умолчанию — 8000 или следующий свободный.
run-help-host = Адрес, на котором слушать.

run-title = Шаг { $number } · { $title }
run-port-moved = Порт { $taken } занят, поэтому приложение получит порт { $port }.
run-seconds = { NUMBER($seconds, minimumFractionDigits: 1, maximumFractionDigits: 1) } с
run-services = Сервисы: { $names }
run-compose = Приложение собрано в { $path }
run-pre-start = Ожидание базы данных
run-migrate = Миграции
run-init-data = Начальные данные

run-ready = Приложение отвечает: { $url }
run-link-docs = Документация API
run-link-users = Пользователи
run-link-health = Состояние
run-link-inbox = Почта
run-admin = Первый администратор: { $username } ({ $email }), пароль { $password }
run-admin-elsewhere =
  Первый администратор: { $username } ({ $email }), пароль { $password }
  (если в этой базе уже был администратор, его пароль остался прежним)
run-admin-yours = Первый администратор: { $username } ({ $email }), пароль — ваш FIRST_ADMIN_PASSWORD
run-how-to-stop = Каждая строка лога начинается с имени процесса. Остановить всё: Ctrl-C
run-slow = Приложение уже { $seconds } секунд не отвечает на GET /health/live. Ждём дальше; причину ищите в строках выше.
run-made =
  Таблицы в базе данных: { $tables }
  Приложение лежит в { $folder }
run-no-process = На этом шаге запускать пока нечего: Procfile ещё нет. API появится на шаге 2.

run-stopping-interrupt = Останавливаем. Ещё раз Ctrl-C — не ждать завершения процессов.
run-stopping-terminate = Получен SIGTERM, останавливаем.
run-stopping-hangup = Терминал закрыт, останавливаем.
run-stopping-output = Вывод больше никто не читает, останавливаем.
run-stopping-parent = Команды, которая нас запустила, больше нет, останавливаем.
run-stopped = Остановлено.
run-services-stopped = Сервисы тоже остановлены: { $names }.
run-services-left = Сервисы работают, как и до запуска: { $names }.
run-services-shared = Сервисы работают, они нужны другому «workshop run»: { $names }.

run-blanks = { $count ->
    [one] { $count } задание ещё не написано. Там, где приложению оно нужно, будет ошибка:
    [few] { $count } задания ещё не написаны. Там, где приложению нужно одно из них, будет ошибка:
   *[other] { $count } заданий ещё не написано. Там, где приложению нужно одно из них, будет ошибка:
  }
run-blanks-how = Что нужно сделать в первом: workshop check. Если не получается: workshop hint
run-blank = Задание { $task } ещё не написано: { $title } ({ $place })
run-died-blank =
  Процесс { $name } завершился сам: ему нужно то, чего ещё нет. Останавливаем остальные.
  { $blank }
  Что нужно сделать: workshop check. Если не получается: workshop hint
run-task-blank =
  Задание { $task } ещё не написано, а команде «{ $command }» оно нужно: { $title }
  Напишите { $place }, потом запустите снова. Что нужно сделать: workshop check. Если не получается: workshop hint { $task }

run-died = Процесс { $name } завершился сам: { $how }. Останавливаем остальные. Его последние строки:
run-code = код возврата { $code }
run-signal = его убил сигнал { $signal }
run-died-where =
  Весь его вывод: { $log }
  Его команда: { $command }

run-target-unknown =
  Запустить «{ $asked }» нельзя. Можно: final, mine (ваш workspace) или номер шага от 1 до { $last }.
  Пример: workshop run { $last }
run-state =
  Нельзя записать { $path }: { $reason }
  В .workshop воркшоп хранит сборки, логи и данные. Дайте себе право писать туда или удалите то, что лежит на этом месте.
run-database =
  Не удалось создать базу { $name }: { $reason }
  Перезапустите сервисы (workshop services down) и попробуйте снова; если повторится, проверьте, есть ли место на диске.
run-dotenv =
  Не удалось прочитать настройки из { $path }: { $reason }
  Сохраните файл как текст в UTF-8 со строками ИМЯ=значение или удалите его.
run-port-wrong =
  «{ $asked }» — не порт: порт — это целое число от 1 до 65535.
  Пример: workshop run --port 8001
run-port-held =
  Порт { $port } занял процесс { $pid }: { $process }
  Остановите его (kill { $pid }) или выберите другой порт: workshop run --port { $other }
run-port-held-windows =
  Порт { $port } занял процесс { $pid }: { $process }
  Остановите его (taskkill /PID { $pid }) или выберите другой порт: workshop run --port { $other }
run-port-taken =
  Порт { $port } занят; каким процессом — система не сообщает. Возможно, это другой «workshop run».
  Выберите другой порт: workshop run --port { $other }
run-port-none =
  На этой машине нет ни одного свободного порта от { $first } до { $last }.
  Остановите какую-нибудь программу или выберите другой адрес: workshop run --host 127.0.0.2
run-port-forbidden =
  Этому пользователю нельзя слушать порт { $port }: младшие порты система оставляет администратору.
  Выберите порт побольше: workshop run --port { $free }
run-host-wrong =
  «{ $host }» — не адрес этой машины.
  Укажите --host 127.0.0.1 (только эта машина) или --host 0.0.0.0 (вся сеть).

run-task-failed =
  Команда «{ $command }» в { $folder } завершилась с кодом { $code }; её последние строки — выше.
  { $mend }
  Весь её вывод: { $log }
run-mend-database = Проверьте DATABASE_URL в окружении и в .env и то, что сервер отвечает. Без этой настройки воркшоп запускает собственную базу.
run-mend-migrations = Смотрите последние строки выше: не применяется файл из migrations/versions этого шага, или у пользователя из DATABASE_URL нет прав на изменение базы.
run-mend-foreign = База из DATABASE_URL уже получила миграции более позднего шага. Укажите пустую базу или уберите настройку: тогда у каждого шага будет своя база.
run-mend-settings = Проверьте в окружении и в .env настройки, имена которых начинаются с FIRST_ADMIN_.

run-procfile-line =
  { $where }: это не процесс: { $line }
  Строка — это имя, двоеточие и команда. Пример: web: uvicorn app.main:app
run-procfile-twice =
  { $where }: имя { $name } встречается второй раз.
  Дайте каждому процессу в Procfile своё имя.
run-procfile-quotes =
  { $where }: кавычка не закрыта: { $line }
  Закройте её или напишите команду без кавычек.
run-procfile-shell =
  { $where }: для «{ $found }» нужна оболочка, а процессы запускаются без неё.
  Пишите по одной команде на процесс; остальное вынесите в модуль приложения.
run-procfile-variable =
  { $where }: переменная { $name } не задана.
  Задайте { $name } в .env или в окружении либо впишите в строку значение по умолчанию после «:-».
run-procfile-program =
  { $where }: нет программы { $program }.
  Исправьте строку или установите зависимости: nox -s dev
