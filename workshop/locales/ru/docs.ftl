# Команды
help-docs = Двуязычный сайт. Без команды — собрать его.
docs-help-build = Проверить страницы и собрать сайт; любое предупреждение — ошибка.
docs-help-site = Куда записать сайт
docs-help-serve = Показывать сайт и следить за изменениями в docs/ и steps/.
docs-help-address = Где слушать
docs-help-check = Найти ошибки в страницах, не собирая сайт.
docs-help-confirm = Закрепить страницу после сверки двух её языков.
docs-help-page = Страница, например steps/01_database.md
docs-help-commands = Перечислить команды со страниц и то, чем проверена каждая.
docs-help-record = Выполнить команды, чей вывод показан на страницах, и сохранить этот вывод. Долгие — только по имени.
docs-help-names = Имена выводов; без них — все
docs-built = Сайт собран в { $folder } ({ $seconds } с).
docs-serving = Сайт открыт на http://{ $address }/ и следит за docs/ и steps/. Остановить: Ctrl-C
docs-clean = Страницы в порядке.
docs-problem = { $problem }
docs-build-failed =
  MkDocs не собрал сайт. Его вывод:
  { $output }
  Исправьте названную там страницу и выполните: nox -s docs
docs-not-utf8 =
  { $file } не в UTF-8.
  Сохраните файл в UTF-8.

# Цели
target-path-wrong =
  «{ $target }» — не путь внутри приложения.
  Пишите от корня приложения, через «/»: app/core/db/model.py::BaseModel
target-name-wrong =
  «{ $target }»: после «::» стоит не имя.
  Назовите класс, функцию, метод или константу: app/core/db/model.py::BaseModel
target-not-python =
  «{ $target }»: { $path } — не Python, имён внутри него нет.
  Возьмите файл целиком: { $path }
target-no-file =
  «{ $target }»: на этом шаге в приложении нет { $path }. Похожие: { $near }.
  Исправьте путь или номер шага.
target-no-name =
  «{ $target }»: в { $path } нет такого определения. Похожие: { $near }.
  Исправьте имя; метод пишется вместе с классом: User.create
target-ambiguous =
  «{ $target }» определено несколько раз, в строках { $lines }.
  Дайте определениям разные имена либо возьмите весь класс или файл.
target-syntax =
  { $path } не читается как Python: строка { $line }, { $reason }.
  Исправьте файл в его шаге.
target-not-text =
  { $path } — не текст в UTF-8, взять из него нечего.
  Выберите другой файл.

# Директивы на страницах
docs-in-page =
  { $file }:{ $line }: { $problem }
docs-directive-kind =
  «{ $line }»: такой директивы нет. Есть: { $known }.
  Пример: ::: code app/core/db/model.py::BaseModel
docs-directive-argument =
  «{ $line }»: { $kind ->
    [code] «code» ждёт одну цель
    [output] «output» ждёт одно имя
   *[other] «{ $kind }» ничего не принимает
  }.
  Примеры: ::: code app/core/db/model.py::BaseModel step=01 · ::: output step-01 · ::: settings
docs-directive-option =
  «{ $line }»: у «{ $kind }» нет такого параметра, или его значение — не число.
  Параметр есть только у «code»: step=01
docs-step-unknown =
  Шага { $asked } нет, последний — { $last }.
  Исправьте номер после «step=».
docs-snippet-step =
  «{ $target }»: эта страница не принадлежит ни одному шагу, поэтому шаг нужно назвать.
  Допишите в строку: step=01
docs-snippet-long =
  «{ $target }» — это { $count } { $count ->
      [one] строка
      [few] строки
     *[many] строк
    }, а за раз страница показывает не больше { $longest }.
  Возьмите оттуда одно определение.
docs-output-missing =
  Записанного вывода «{ $name }» нет.
  Опишите его команду в docs/commands.toml и выполните: workshop docs record { $name }
docs-message-unknown =
  У инструмента нет сообщения «{ $message }».
  Найдите нужное в workshop/locales.
docs-ask-failed =
  Команда «{ $command }» не выполнилась, и страницу справочника не из чего сделать. Её вывод:
  { $output }
  Исправьте это и соберите сайт снова.
docs-commands-file =
  { $file } не читается: { $reason }
  Сравните с соседними записями.

# Проверки
docs-page-missing =
  { $page } нет в { $language ->
    [ru] docs/ru
   *[en] docs/en
  }, а на другом языке она есть.
  Напишите её там или удалите здесь.
docs-headings-level =
  { $first }:{ $line } и { $second }:{ $other }: у заголовков разный уровень, или у одного из них нет пары.
  На обеих страницах должны быть одни и те же заголовки в одном порядке.
docs-headings-extra =
  { $file }:{ $line }: у заголовка «{ $title }» нет пары в { $other }.
  Напишите там такой раздел или удалите этот.
docs-anchor-differs =
  { $first }:{ $line } и { $second }:{ $other }: у заголовка разные якоря.
  Сделайте их одинаковыми или уберите оба.
docs-item-differs =
  { $first }:{ $line } и { $second }:{ $other } различаются: { $what }.
  Должно быть одно и то же; переводятся только слова.
docs-item-count =
  { $first }:{ $line } и { $second }:{ $other }: { $what } — в одном языке таких в разделе { $here }, в другом { $there }.
  Должно быть одно и то же; переводятся только слова.
docs-kind-fence = блок кода
docs-kind-directive = строка «:::»
docs-kind-admonition = врезка
docs-kind-row = строка таблицы
docs-kind-image = картинка
docs-kind-link = ссылка
docs-pasted =
  { $file }:{ $line }: здесь { $count } { $count ->
      [one] строка
      [few] строки
     *[many] строк
    } Python, а вставлять можно не больше { $longest }.
  Возьмите код из шага: ::: code app/core/db/model.py::BaseModel
docs-fenced =
  { $file }:{ $line }: строка «:::» внутри блока кода не заполняется.
  Вынесите её из блока.
docs-command-unknown =
  { $file }:{ $line }: команду «{ $command }» ничто не проверяет.
  Добавьте её в docs/commands.toml.
docs-command-unused =
  docs/commands.toml: ни одна страница не показывает «{ $command }».
  Удалите запись.
docs-proof-lost =
  В docs/commands.toml сказано, что { $file } выполняет «{ $command }», но там этого текста нет.
  Исправьте «proof» или поручите запуск тесту.
docs-output-unrecorded =
  Нет файла { $file }, хотя он описан в docs/commands.toml.
  Запишите его: workshop docs record { $name }
docs-output-unused =
  В docs/outputs лежит «{ $name }», но ни одна команда в docs/commands.toml его не создаёт.
  Удалите файл.
docs-unconfirmed =
  { $page }: ещё никто не подтвердил, что на обоих языках сказано одно и то же.
  Сверьте их и выполните: workshop docs confirm { $page }
docs-stale-ru =
  { $first } «{ $title }» изменился, а { $second } — нет: русский текст старше английского.
  Обновите его и выполните: workshop docs confirm { $page }
docs-stale-en =
  { $second } изменился, а { $first } «{ $title }» — нет: английский текст старше русского.
  Обновите его и выполните: workshop docs confirm { $page }
docs-stale-both =
  { $first } «{ $title }» и { $second } изменились с тех пор, как их сверяли.
  Сверьте их и выполните: workshop docs confirm { $page }
docs-ledger-page =
  В docs/ledger.json закреплена страница { $page }, а её уже нет.
  Удалите её строки или подтвердите любую страницу: они исчезнут сами.
docs-ledger-broken =
  { $file } больше не JSON — вероятно, после слияния.
  Разрешите в нём конфликт вручную.
docs-page-unknown =
  Страницы { $page } нет на обоих языках.
  Страницы называют от каталога языка: steps/01_database.md
docs-confirm-structure =
  { $page } подтвердить нельзя: языки различаются структурой.
  { $problem }
docs-confirmed = { $page }: оба языка закреплены такими, какие они сейчас.
docs-confirmed-before = { $page }: именно так она уже и закреплена.
docs-recorded = { $file }: записан
docs-recorded-same = { $file }: без изменений
docs-recorded-nothing = Записывать нечего.
docs-record-unknown =
  Вывода «{ $name }» нет. Есть: { $known }.
  Выводы описаны в docs/commands.toml.
docs-record-failed =
  «{ $command }» завершилась с кодом { $code } вместо { $expected }. Её вывод:
  { $output }
  Исправьте команду или её запись в docs/commands.toml.
docs-record-endless =
  «{ $command }» не завершилась за { $seconds } с. Её вывод:
  { $output }
  Исправьте команду или её запись в docs/commands.toml: признак `slow` даёт ей час.
docs-record-silent =
  «{ $command }» за { $seconds } с так и не написала «{ $until }». Её вывод:
  { $output }
  Исправьте команду или её запись в docs/commands.toml.

# Слова на создаваемых страницах
docs-llms-pages = Страницы
docs-origin-adds = Файл появляется на шаге { $step }.
docs-origin-replaces = Файл заменён на шаге { $step }.
docs-origin-appends = Шаг { $step } дописывает этот файл.
docs-origin-whole = Файл целиком
docs-changes-link = что изменилось
docs-changes-title = Что меняет шаг { $step }: { $title }
docs-changes-nav = Изменения шага { $step }
docs-changes-intro = Эта страница сделана из файлов самого шага. Что они значат, рассказано на странице [шага { $step }, «{ $title }»]({ $page }).
docs-changes-files = Файлы
docs-changes-legend = `+` — новый файл, `~` — заменённый, `>` — дописанный в конец, `-` — удалённый.
docs-changes-settings = Новые настройки
docs-changes-dependencies = Новые зависимости
docs-changes-migrations = Миграции
docs-changes-routes = Новые маршруты
docs-changes-replaced = Заменённые файлы построчно
docs-changes-whole = Файлы шага
docs-lines = { $count ->
    [one] { $count } строка
    [few] { $count } строки
   *[many] { $count } строк
  }
docs-column-setting = Настройка
docs-column-example = Пример
docs-column-comment = Комментарий в файле
docs-column-meaning = Зачем
docs-column-step = Шаг
docs-column-requirement = Пакет
docs-column-file = Файл
docs-column-revision = Ревизия
docs-column-title = Название
docs-column-method = Метод
docs-column-path = Путь
docs-column-session = Сессия
docs-column-argument = Аргумент
docs-column-brings = Что даёт

# Сессии nox
docs-session-app = Запустить готовое приложение вместе с его сервисами и показать ссылки.
docs-session-tests = Проверить всё, что должно выполняться.
docs-session-step = Проверить шаг { $step }, «{ $title }».
docs-session-final = Записать final/ из шагов; `-- --check` только сравнивает.
docs-session-branches = Создать из шагов ветки step-01, step-02, …
docs-session-bench = Сравнить скорость готового приложения с другими; нужен wrk.
docs-session-crash = Убивать процессы и серверы готового приложения и проверить, что ничего не потеряно и не выполнено дважды.
docs-session-fuzz = Отправить готовому приложению тысячи странных запросов.
docs-session-mutants = Испортить в коде каждого шага по одному месту за раз: заметят ли тесты?
docs-session-lint = Проверить стиль и правила импорта.
docs-session-types = Проверить типы.
docs-session-exercises = Проверить каждое упражнение: до решения не проходят ровно заявленные тесты, с решением проходят все.
docs-session-docs = Собрать этот сайт; `-- serve` показывает его и следит за изменениями.
docs-session-dev = Создать .venv со всем необходимым, включая команду `workshop`.
docs-session-lock = Закрепить все зависимости заново, с хешами; `-- --upgrade` берёт более новые версии.

# Настройки приложения
docs-setting-PROJECT_NAME = Как сервис называет себя.
docs-setting-ENVIRONMENT = local, staging или production. Вне local приложение с небезопасными настройками не запустится.
docs-setting-DATABASE_URL = Адрес PostgreSQL.
docs-setting-DATABASE_POOL_SIZE = Сколько соединений процесс держит открытыми.
docs-setting-DATABASE_MAX_OVERFLOW = Сколько ещё соединений он может открыть под нагрузкой.
docs-setting-DATABASE_POOL_TIMEOUT = Сколько секунд ждать свободного соединения.
docs-setting-DATABASE_STATEMENT_TIMEOUT = Сколько секунд может выполняться запрос и простаивать транзакция. На миграции не действует.
docs-setting-PRE_START_TRIES = Сколько раз `python -m app.pre_start` попробует достучаться до базы.
docs-setting-PRE_START_WAIT = Сколько секунд между попытками.
docs-setting-FIRST_ADMIN_EMAIL = Почта администратора, которого один раз создаёт `python -m app.init_data`.
docs-setting-FIRST_ADMIN_USERNAME = Его имя.
docs-setting-FIRST_ADMIN_PASSWORD = Его пароль. Вне local пароль из примера и пароль короче 12 символов не принимаются.
docs-setting-API_V1_STR = С чего начинаются пути API.
docs-setting-REDIS_URL = Адрес Redis; там лежат счётчики ограничителя запросов.
docs-setting-RATE_LIMITER_ENABLED = Считать ли запросы вообще.
docs-setting-RATE_LIMITER_FAIL_OPEN = Что делать, пока Redis недоступен: true — пропускать запросы без счёта, false — отвечать 503.
docs-setting-RATE_LIMITER_PREFIX = С чего начинаются ключи счётчиков. Двум приложениям на одном Redis нужны разные префиксы.
docs-setting-TRUSTED_PROXIES = Сети ваших обратных прокси, например 10.0.0.0/8,fd00::/8. Заголовку X-Forwarded-For верят только от них.
docs-setting-UVICORN_HOST = На каком адресе слушает uvicorn.
docs-setting-UVICORN_PORT = На каком порту слушает uvicorn.
docs-setting-JWT_SECRET = Чем подписаны access-токены: кто знает этот секрет, может быть кем угодно. У всех процессов он один.
docs-setting-JWT_ISSUER = Кто выпускает токены.
docs-setting-JWT_AUDIENCE = Для кого они выпущены. Двум приложениям с общим секретом нужны разные получатели.
docs-setting-JWT_LEEWAY = На сколько секунд могут расходиться часы двух машин.
docs-setting-ACCESS_TOKEN_LIFETIME = Сколько секунд действует access-токен.
docs-setting-REFRESH_TOKEN_LIFETIME = Сколько секунд длится сеанс, как бы часто его ни обновляли.
docs-setting-CACHE_NAMESPACE = С чего начинаются ключи кеша. Двум приложениям на одном Redis нужны разные.
docs-setting-CACHE_TIMEOUT = Сколько секунд ждать ответа Redis; потом ответ вычисляется без него.
docs-setting-CACHE_PATIENCE = Сколько секунд ждать другой процесс, который вычисляет тот же ответ: потом он считается погибшим.
docs-setting-CACHE_TTL = На сколько секунд, в худшем случае, может устареть ответ из кеша.
docs-setting-QUEUE_PREFIX = С чего начинаются ключи очереди. Двум приложениям на одном Redis нужны разные.
docs-setting-QUEUE_MAX_LENGTH = Сколько задач может ждать; сверх этого новые не принимаются, иначе они заняли бы всю память Redis.
docs-setting-QUEUE_TASK_TIMEOUT = Сколько секунд может идти задача; потом она отменяется и считается неудачной.
docs-setting-QUEUE_REDELIVER_AFTER = Через сколько секунд молчания воркера его задачу начнёт заново другой. Должно быть больше QUEUE_TASK_TIMEOUT.
docs-setting-QUEUE_MAX_DELIVERIES = Скольким воркерам подряд отдают задачу, если они умирают, не закончив её.
docs-setting-QUEUE_MAX_TRIES = После скольких неудачных попыток задачу откладывают к невыполненным.
docs-setting-QUEUE_RETRY_DELAY = Сколько секунд между первой и второй попыткой; дальше пауза каждый раз удваивается.
docs-setting-QUEUE_MAX_RETRY_DELAY = Больше скольких секунд пауза не бывает.
docs-setting-QUEUE_MAX_OUTAGE = Сколько секунд задача ждёт недоступный сервер, прежде чем её отложат к невыполненным; попытки при этом не считаются.
docs-setting-PURGE_SESSIONS_CRON = Когда удаляются истёкшие сеансы: минута, час, день, месяц, день недели, по UTC.
docs-setting-SMTP_HOST = Почтовый сервер, который принимает наши письма.
docs-setting-SMTP_PORT = Его порт.
docs-setting-SMTP_TLS = Как шифруется соединение: none, starttls или tls. Вне local none годится только для сервера на той же машине.
docs-setting-SMTP_USER = Имя для входа на почтовый сервер. Задают и имя, и пароль или ни того ни другого.
docs-setting-SMTP_PASSWORD = Пароль для входа на почтовый сервер.
docs-setting-SMTP_CA_FILE = Файл с сертификатами, которым верить, кроме системных.
docs-setting-SMTP_TIMEOUT = Сколько секунд может занять одно письмо, от соединения до ответа сервера.
docs-setting-SMTP_WAIT = Сколько секунд письмо перед этим ждёт свободного соединения. Вместе с SMTP_TIMEOUT — меньше QUEUE_TASK_TIMEOUT.
docs-setting-SMTP_CONNECTIONS = Сколько соединений с почтовым сервером держит один процесс.
docs-setting-MAIL_FROM = С какого адреса уходят письма. Вне local адрес из примера не принимается.
docs-setting-MAIL_FROM_NAME = От чьего имени уходят письма; если пусто — от имени PROJECT_NAME.
docs-setting-FRONTEND_URL = Куда ведут ссылки из писем: на страницы verify-email и reset-password под этим адресом. Простые страницы есть у самого приложения.
docs-setting-REQUIRE_VERIFIED_EMAIL = Пускать ли только тех, кто подтвердил адрес.
docs-setting-VERIFY_TOKEN_LIFETIME = Сколько секунд действует ссылка, которая подтверждает адрес.
docs-setting-RESET_TOKEN_LIFETIME = Сколько секунд действует ссылка, по которой задают новый пароль.
docs-setting-PURGE_TOKENS_CRON = Когда удаляются истёкшие токены из писем: минута, час, день, месяц, день недели, по UTC.
docs-setting-LOG_LEVEL = DEBUG, INFO, WARNING, ERROR или CRITICAL: что менее важно, в лог не попадает.
docs-setting-LOG_FORMAT = Вид строк: console — для людей, json — для программ, auto — console в local и json во всех остальных окружениях.
docs-setting-EVENTS_PREFIX = С чего начинаются ключи событий. Двум приложениям на одном Redis нужны разные.
docs-setting-EVENTS_PARTITIONS = На сколько разделов делится топик: столько событий группа обрабатывает одновременно, а события об одном пользователе идут по порядку. Чтобы изменить, остановите веб-процессы, дождитесь, пока всё разберут, и запустите заново.
docs-setting-EVENTS_MAX_LENGTH = Сколько событий может ждать в одном потоке; остальные ждут в PostgreSQL.
docs-setting-RELAY_POLL = Сколько секунд между проверками outbox, пока релей никто не разбудил.
docs-setting-RELAY_BATCH = Сколько событий релей отправляет за одну транзакцию.
docs-setting-RELAY_MAX_BACKOFF = Больше скольких секунд не бывает пауза, пока PostgreSQL или Redis не отвечает.
docs-setting-RELAY_TASK_GRACE = Через сколько секунд релей ставит в очередь задачу, которую не поставил её собственный процесс.
docs-setting-RELAY_KEEP = Сколько секунд хранится отправленное событие: если Redis его потеряет, оно уйдёт ещё раз.
docs-setting-RELAY_TIDY_EVERY = Сколько секунд между уборками: из потоков убирается обработанное, из outbox — давно отправленное.
docs-setting-RELAY_STOP_TIMEOUT = Сколько секунд релей, который останавливают, ждёт пачку, взятую в работу; потом её отправит другой.
docs-setting-CONSUMER_CONCURRENCY = Сколько событий один процесс обрабатывает одновременно.
docs-setting-CONSUMER_TIMEOUT = Сколько секунд может работать обработчик; потом он отменяется, и это считается ошибкой.
docs-setting-CONSUMER_CLAIM_AFTER = Через сколько секунд событие, взятое одним процессом, забирает другой. Должно быть больше CONSUMER_TIMEOUT.
docs-setting-CONSUMER_RETRY_DELAY = Сколько секунд между первой и второй попыткой; дальше пауза каждый раз удваивается.
docs-setting-CONSUMER_MAX_DELIVERIES = После скольких попыток от события отказываются: `python -m app.dead_events list`.
docs-setting-CONSUMER_STOP_TIMEOUT = Сколько секунд процесс, который останавливают, ждёт события, взятые в работу.
docs-setting-INBOX_KEEP = Сколько секунд группа помнит, что она уже обработала. Должно быть больше RELAY_KEEP.
docs-setting-PURGE_INBOX_CRON = Когда забывается более старое: минута, час, день, месяц, день недели, по UTC.
docs-setting-CORS_ORIGINS = Откуда загружены ваши веб-страницы, через запятую, например https://shop.example.com: их скриптам можно читать ответы. * — откуда угодно; вне local не принимается.
docs-setting-MAX_BODY_SIZE = Сколько байтов может быть в теле запроса.
docs-setting-HSTS_MAX_AGE = Сколько секунд браузеру помнить, что сюда ходят только по HTTPS. Сообщается только вне local; 0 — никогда.

# Задания на страницах шагов
docs-tasks-step =
  «::: tasks» стоит на странице, которая не принадлежит ни одному шагу.
  Перенесите строку на страницу из steps/.
docs-tasks-none = Заданий на этом шаге нет: прочитайте его, запустите и выберите что-нибудь из раздела «Дальше».
docs-tasks-intro = Начало шага готовит `workshop start { $number }`: определения, которые предстоит написать вам, в нём пусты, а их тесты падают. Ответы — в следующем разделе, поэтому сначала попробуйте сами. [Как проходить курс]({ $page })
docs-tasks-targets = Вы пишете { $targets }.
docs-tasks-needs = Сначала — { $tasks }.
docs-tasks-hint = Подсказка { $number } из { $count }
docs-tasks-challenge = Проверить: `workshop check --challenge`

# Что измерил nox -s bench
docs-bench-missing =
  Файла { $path } нет: ещё ничего не измерено.
  Измерить: nox -s bench -- --json { $path }
docs-bench-when = Измерено { $day } ({ $machine }): у каждого сервера один процесс, медианы по раундам, в которых серверы отвечали по очереди.
docs-bench-chart = Запросы в секунду у готового приложения как доля от точки отсчёта; черта — цель.
docs-bench-column-case = Запрос
docs-bench-column-baseline = Точка отсчёта
docs-bench-column-baseline-speed = Точка отсчёта, запросов/с
docs-bench-column-final-speed = Готовое приложение, запросов/с
docs-bench-column-ratio = Отношение
docs-bench-column-aim = Цель
docs-bench-column-p99 = p99, мс: точка отсчёта / приложение
docs-bench-server-bare = голый FastAPI
docs-bench-server-orm = FastAPI + SQLAlchemy
docs-bench-server-uncached = готовое приложение без кеша
docs-bench-case-trivial = маршрут, который ничего не делает
docs-bench-case-me = кто я
docs-bench-case-by-id = пользователь по id
docs-bench-case-by-id--cached = он же из кеша
docs-bench-case-list-of-20 = 20 из 10 000, с общим числом
docs-bench-case-register = регистрация
docs-bench-start = Веб-процесс отвечает через { $final } с после запуска и занимает { $final_memory } МиБ собственной памяти (голый FastAPI: { $bare } с, { $bare_memory } МиБ).
docs-bench-queue = Задачи: один процесс ставит { $pushed } в секунду (просто `XADD`: { $xadd }), один воркер выполняет { $done } в секунду.
docs-bench-events = События: один релей переносит из outbox в Redis { $relayed } в секунду, один процесс консьюмеров обрабатывает { $handled } в секунду, каждое в своей транзакции.

# Сколько занимает nox -s tests
docs-checks-missing =
  Нет файла { $path }: ещё ничего не измерено.
  Измерить: nox -s tests -- --json { $path }
docs-checks-when = Измерено { $day } ({ $machine }), проверки шли одновременно.
docs-checks-all = Все вместе
docs-checks-column-check = Проверка
docs-checks-column-tests = Тестов
docs-checks-column-processor = Секунд процессора
docs-checks-column-seconds = Секунд

# Что показал nox -s mutants
docs-mutants-missing =
  Файла { $path } нет: ещё ничего не измерено.
  Измерить: nox -s mutants -- --json { $path }
docs-mutants-when = Измерено { $days } ({ $machines }), seed { $seeds }.
docs-mutants-all = Итого
docs-mutants-column-step = Шаг
docs-mutants-column-places = Мест, где можно ошибиться
docs-mutants-column-tried = Испорчено
docs-mutants-column-noticed = Замечено
docs-mutants-column-same = Ничего не меняют
docs-mutants-column-survived = Пропущено
docs-mutants-column-score = Доля
