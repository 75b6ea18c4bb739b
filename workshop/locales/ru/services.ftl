# Команды
help-services-up = Запустить PostgreSQL, Redis и почтовый ящик и показать, где они.
help-services-down = Остановить PostgreSQL, Redis и почтовый ящик. Серверы, заданные в окружении или в .env, не затрагиваются.
help-services-wipe = Удалить также данные и логи.
help-services-status = Показать, работают ли сервисы. Код возврата 0, только если отвечают все.
help-services-json = Вывести JSON.
help-services-env = Вывести адреса с паролями. Для оболочки: eval "$(workshop services env)".
help-services-format = sh, powershell или dotenv. По умолчанию — для оболочки вашей системы.

# Таблицы
services-column-service = Сервис
services-column-state = Состояние
services-column-address = Адрес
services-column-place = Данные и лог
services-state-running = работает
services-state-external = внешний
services-state-stopped = остановлен
services-state-crashed = упал
services-state-silent = не отвечает
services-set-in = задан в { $source }
services-start-them = Запустить: workshop services up
services-stopped = PostgreSQL, Redis и почтовый ящик этого репозитория остановлены. Данные сохранены.
services-wiped = PostgreSQL, Redis и почтовый ящик этого репозитория остановлены, данные и логи удалены.

# Ошибки
services-format =
  Формата «{ $asked }» здесь нет. Доступны: { $known }.
  Пример: workshop services env --format sh
services-busy =
  Сервисы этого репозитория уже две минуты занимает другая команда.
  Дождитесь её или завершите её и попробуйте снова. Её блокировка: { $path }
services-no-program =
  В этом окружении Python нет программы { $service }; для некоторых систем (Alpine, 32-битные) такого пакета не существует.
  Установите её командой «nox -s dev». Если не поможет, запустите сервисы командой «docker compose up -d»
  и перенесите в .env адреса из начала docker-compose.yml
services-no-account =
  PostgreSQL не запускается от имени root, а пользователей { $names }, от чьего имени его можно запустить, в системе нет.
  Работайте под обычным пользователем или укажите работающий сервер в DATABASE_URL.
services-closed-directory =
  PostgreSQL не запускается от имени root, а пользователю { $account } закрыт вход в { $path }
  Работайте под обычным пользователем, установите setpriv (пакет util-linux) или укажите работающий сервер в DATABASE_URL.
services-modes =
  Файловая система, на которой лежит { $path }, не хранит владельцев и права файлов, а PostgreSQL без них не работает.
  Возможно, это диск Windows в WSL или сетевой каталог. Склонируйте репозиторий в домашний каталог
  или запустите сервисы командой «docker compose up -d» и укажите их адреса в .env
services-cannot-make-data =
  Не удалось создать каталог данных { $path }. Сообщение initdb:
  { $reason }
  Устраните причину и выполните: workshop services up
services-disk-full =
  На диске не осталось места для { $path }
  Освободите около 100 МБ и выполните: workshop services up
services-unwritable =
  Не получается использовать { $path }: { $reason }.
  Сервисам нужен каталог .workshop, доступный вам на запись. Смените его владельца или права либо удалите его.
services-other-user =
  В этом репозитории работает { $program } (процесс { $pid }), и принадлежит он пользователю { $user }.
  От имени этого пользователя или через sudo выполните: workshop services down
services-other-version =
  Данные в { $path } созданы PostgreSQL { $theirs }, а сейчас установлен PostgreSQL { $ours }, и прочитать их он не может.
  Начать заново (данные будут удалены): workshop services down --wipe
services-password-lost =
  Данные в { $data } на месте, а пароля к ним нет: файл { $record } пропал или повреждён.
  Начать заново (данные будут удалены): workshop services down --wipe
services-copy =
  Данные в { $path } скопированы из другого репозитория во время работы сервера. Пользоваться такой копией нельзя, поэтому создаётся пустая база.
services-not-started =
  { $service } не запускается. Конец лога { $log }:
  { $said }
  Если повреждены данные, начните заново (данные будут удалены): workshop services down --wipe
services-dotenv =
  Не удалось прочитать { $path }: { $reason }.
  Сохраните его как текст в кодировке UTF-8.
services-address =
  Значение { $variable } (задано { $file ->
    [environment] в окружении
   *[other] в { $file }
  }) не годится приложению как адрес{ $scheme ->
    [none] .
   *[other] : оно начинается с { $scheme }
  }
  Адрес должен начинаться с { $known } и содержать хост и порт. Исправьте его или уберите переменную: тогда воркшоп запустит собственный сервер.
services-smtp-port =
  Значение SMTP_PORT (задано { $file ->
    [environment] в окружении
   *[other] в { $file }
  }) — «{ $port }», а порт — это целое число от 1 до 65535.
  Исправьте его или уберите SMTP_HOST: тогда воркшоп запустит собственный почтовый ящик.
services-external-silent =
  По адресу { $address } никто не отвечает: { $reason }.
  Этот адрес взят из { $variable } (задано { $file ->
    [environment] в окружении
   *[other] в { $file }
  }).
  Запустите этот сервер или уберите переменную: тогда воркшоп запустит собственный.
services-external-refuses =
  Сервер { $address } отвечает, но отказывает: { $reason }.
  Его адрес взят из { $variable } (задано { $file ->
    [environment] в окружении
   *[other] в { $file }
  }).
  Исправьте в адресе имя и пароль или уберите переменную: тогда воркшоп запустит собственный сервер.
