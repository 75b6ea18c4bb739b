# Страница почтового ящика
inbox-title = Входящие
inbox-empty = Писем пока нет. Новые появятся здесь сами.
inbox-delete = Удалить все
inbox-no-subject = (без темы)
inbox-subject = Тема
inbox-from = От
inbox-to = Кому
inbox-date = Дата
inbox-at = Получено
inbox-alone = Открыть в отдельной вкладке
inbox-text = Текст
inbox-attachments = Вложения
inbox-headers = Заголовки
inbox-source = Исходный код
