# Ошибки с объяснением: что случилось и что с этим делать.
explain-row-goal = Цель
explain-row-happened = Что вышло
explain-row-expected = Ожидалось
explain-row-place = Где
explain-row-do = Что делать
explain-row-test = Тест
explain-row-page = Почитать
explain-row-next = Дальше

explain-not-written = { $name } ещё не написано — с этого места и начинайте.
explain-not-written-mend = Замените строку с пометкой «exercise» своим кодом. Что он должен делать, сказано в цели задания, в docstring и в самом тесте.
explain-file-missing = Файла { $file } нет (или это не текст в UTF-8).
explain-file-missing-mend = Верните его: workshop reset и путь к файлу — или workshop undo.
explain-syntax =
  Python не может прочитать файл: { $reason }.
  { $code }
explain-syntax-mend = Исправьте эту строку или строку над ней: чаще всего там не хватает скобки, кавычки или двоеточия.
explain-conflict = В файле остался конфликт: и ваша версия, и версия курса — между <<<<<<< и >>>>>>>.
explain-conflict-mend = Оставьте нужные строки и удалите строки с <<<<<<<, ======= и >>>>>>>.
explain-module-missing = Модуля { $module } нет, но кто-то его импортирует.
explain-module-missing-mend = Проверьте, как он написан в импорте. Если модуль должен быть, создайте { $file }; если файл потерялся, его вернёт workshop undo.
explain-package-missing = Пакет { $module } здесь не установлен.
explain-package-missing-mend = Если это опечатка в импорте, исправьте её. Если нет, nox -s dev установит всё нужное, а workshop doctor скажет, чего ещё не хватает.
explain-name-missing = В { $module } нет имени { $name }, но кто-то импортирует его оттуда.
explain-name-missing-mend = Сверьте написание с обеих сторон: в импорте и в { $file }, где { $name } должно быть определено.
explain-circular = Импорты замкнулись в круг: { $module } импортируется снова, хотя ещё не дошёл до определения { $name }.
explain-circular-mend = Найдите импорт, который ведёт обратно (один его конец указан выше), и перенесите его или то, что он импортирует, в отдельный модуль.
explain-await =
  { $name ->
    [nobody] Где-то пропущен await
   *[other] Пропущен await перед вызовом { $name }
  }: вызов async-функции только создаёт корутину, сама она не выполняется.
explain-await-mend = Поставьте await перед вызовом. Если функция вокруг него не async, сделайте её async def.
explain-await-too-much = await стоит перед тем, что корутиной не является: это { $kind }.
explain-await-too-much-mend = Уберите await или сделайте вызываемую функцию async def.
explain-signature = { $name } вызывают не так, как она написана: { $reason }.
explain-signature-mend = Верните функции те параметры, которые у неё были (что вы изменили, покажет workshop diff), или исправьте вызов.
explain-table-missing = В базе нет таблицы { $table }: её не создаёт ни одна миграция.
explain-table-missing-mend = Загляните в migrations/versions: есть ли миграция, которая создаёт { $table }, и стоит ли она в цепочке (down_revision)? Импортирована ли модель в app/core/models.py?
explain-column-missing = В базе нет столбца { $column }, а код им пользуется: модель опередила миграции.
explain-column-missing-mend = Добавьте столбец миграцией или уберите его из модели.
explain-drift =
  Модели и миграции создают разные таблицы. Вот что пришлось бы изменить миграцией:
  { $difference }
explain-drift-mend = Пусть модель говорит то же, что миграция, или наоборот: имена, типы, индексы и их условия.
explain-two-heads = У миграций два конца: два файла называют один и тот же down_revision.
explain-two-heads-mend = Поставьте одну после другой: down_revision второй — это revision первой.
explain-model-missing = В связи (relationship) названа модель { $name }, но её никто не импортировал.
explain-model-missing-mend = Импортируйте её в app/core/models.py: там перечислены все модели приложения.
explain-registration =
  Используется то, что нигде не зарегистрировано:
  { $reason }
explain-registration-mend = Добавьте недостающую строку в таблицу в каталоге di модуля или недостающую фабрику в провайдер.
explain-route-missing =
  Приложение отвечает 404: такого маршрута нет.
  { $assertion }
explain-route-missing-mend = Проверьте, что маршрут есть в роутере и что этот роутер подключён по цепочке до app/main.py.
explain-server-error =
  Приложение отвечает 500: при обработке запроса возникла ошибка.
  { $assertion }
explain-server-error-mend = Запустите приложение и повторите запрос: ошибка и её место будут в логе. workshop run mine
explain-server-raised =
  Приложение отвечает 500: при обработке запроса возникло исключение { $error }.
  { $reason }
explain-server-raised-mend = Посмотрите на это место: какое значение там не такое, как вы думали?
explain-refused =
  Приложение отказало: ответ — { $answer }.
  { $said }
explain-refused-mend = { $code ->
    [none] Посмотрите на строку теста: что это за запрос и почему приложение на него отвечает отказом?
   *[other] Поищите «{ $code }» в app/: что вызывает эту ошибку и должно ли оно вызывать её здесь?
  }
explain-no-field = В ответе нет { $key }: приложение ответило не то, чего ждёт тест.
explain-no-field-mend = Посмотрите на строку теста: не ждёт ли она отказа там, где приложение согласилось, — или наоборот?
explain-name-undefined = { $name } используется, но в этом файле не определено и не импортировано.
explain-name-undefined-mend = Импортируйте { $name } в начале файла или исправьте написание.
explain-not-raised = Должно было возникнуть исключение { $expected }, но не возникло.
explain-not-raised-mend = Найдите случай, для которого docstring обещает это исключение, и бросьте его там.
explain-assertion =
  Результат не тот, что нужен:
  { $assertion }
explain-assertion-mend = Сравните две стороны. Что ваш код делает именно с этими значениями?
explain-raised =
  Возникло исключение { $error }:
  { $reason }
explain-raised-mend = Посмотрите на это место: какое значение там не такое, как вы думали?
explain-service-down = { $services } не отвечает, поэтому проверить ничего нельзя. Ваш код тут ни при чём.
explain-service-down-mend = Запустите: workshop services up. Если не поможет: workshop doctor
explain-loops = Через { $seconds } с всё ещё выполнялась { $name }, и тест пришлось остановить: похоже на бесконечный цикл.
explain-loops-mend = Какое условие заканчивает цикл и что в его теле делает это условие верным?
explain-waits = Через { $seconds } с тест всё ещё чего-то ждал, и его пришлось остановить.
explain-waits-mend = Поищите, чего ждут и не дождутся: блокировку не отпускают, событие не наступает, соединение не закрывают, повторы не кончаются. Если машина просто медленная: WORKSHOP_TEST_SECONDS=60
explain-crash =
  Тесты закончились без ответа. Последние строки лога:
  { $tail }
explain-crash-mend = Лог целиком: { $log }. Если о вашем коде там ничего нет, спросите workshop doctor.
