help-test = Проверить один шаг: собрать его, поднять нужные сервисы, прогнать тесты.
help-test-number = Номер шага. Всё, что дальше, уйдёт в pytest, например -k soft_delete.
help-test-mine = Проверить ваш код в workspace/, как это делает workshop check.
help-verify = Запустить все проверки параллельно или только названные.
help-verify-names = Какие проверки запустить: tests-layers, types, lint, composition, step-01, …
help-verify-complete = Прогнать на каждом шаге все тесты, а не только близкие к его слою.
help-verify-json = Записать туда, сколько заняла каждая проверка.
step-unknown =
  Шага { $asked } нет: есть шаги с 1 по { $last }.
  Пример: workshop author test 1
test-times = { $folder }: сборка { $compose } с, сервисы { $services } с, тесты { $tests } с
check-program-missing =
  Программа { $program } здесь не установлена.
  Пересоздайте окружение: nox -s dev
verify-unknown = Проверки { $asked } нет. Есть: { $known }.
verify-begins = Проверяю: { $jobs }
verify-selected = На шагах до последнего прогнаны только тесты, близкие к их слоям. Все тесты на каждом шаге: nox -s tests -- --complete
verify-passed = ✓ { $name } ({ $seconds } с)
verify-passed-tests =
  ✓ { $name }: { $tests ->
    [one] { $tests } тест
    [few] { $tests } теста
   *[other] { $tests } тестов
  }{ $skipped ->
    [0] {""}
   *[other] , пропущено: { $skipped }
  } ({ $seconds } с)
verify-passed-alone =
  ! { $name }: рядом с другими проверками не пройдена, пройдена отдельно ({ $seconds } с).
  Что выводила, когда не была пройдена: { $log }
verify-failed = ✗ { $name } ({ $seconds } с)
verify-again =
  Команда: { $command }
  в каталоге { $folder }; весь вывод: { $log }
verify-column-job = проверка
verify-column-result = итог
verify-column-tests = тестов
verify-column-skipped = пропущено
verify-column-seconds = секунд
verify-ok = пройдена
verify-ok-alone = пройдена отдельно
verify-not-ok = НЕ ПРОЙДЕНА
