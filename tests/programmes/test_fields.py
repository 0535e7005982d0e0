import pytest

from comity.lib.fields_of_cooperation import FieldOfCooperation as Field
from comity.programmes.fields import WORDS, guessed_field


@pytest.mark.parametrize(
    ("title", "field"),
    [
        ("Торгово-экономическое сотрудничество", Field.TRADE),
        ("Гандаль і прамысловасць", Field.TRADE),
        ("Trade and innovation", Field.TRADE),
        ("Промышленность и транспорт", Field.INDUSTRY),
        ("Машиностроение и нефтехимия", Field.INDUSTRY),
        ("Агропромышленный комплекс", Field.AGRICULTURE),
        ("Рыбное хозяйство и АПК", Field.AGRICULTURE),
        ("Научно-техническое сотрудничество и образование", Field.SCIENCE),
        ("Информационные технологии", Field.INFORMATION),
        ("Культура і адукацыя", Field.CULTURE),
        ("Адукацыя і моладзь", Field.EDUCATION),
        ("Ахова здароўя і моладзь", Field.HEALTH),
        ("Туризм, культура, молодёжь", Field.TOURISM),
        ("Молодёжная политика", Field.YOUTH_SPORT),
        ("Социальная сфера", Field.SOCIAL),
        ("Infrastructure and border", Field.TRANSPORT),
        ("Охрана окружающей среды", Field.ENVIRONMENT),
        ("Приграничное сотрудничество", Field.OTHER),
        ("", Field.OTHER),
    ],
)
def test_the_field_that_is_named_first_is_guessed(title: str, field: Field) -> None:
    assert guessed_field(title) == field


def test_every_word_is_found_in_small_letters_and_once() -> None:
    words = [word for beginnings in WORDS.values() for word in beginnings]
    assert words == [word.casefold().replace("ё", "е") for word in words]
    assert len(words) == len(set(words))
