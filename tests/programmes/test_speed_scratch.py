import time
from datetime import date
from decimal import Decimal
import pytest
from comity.audit.actions import Installation
from comity.programmes.actions import add_measures
from comity.programmes.due import DueRule
from comity.programmes.rows import NewBody, NewMeasure
from tests.factories import a_programme, a_country

@pytest.mark.django_db
def test_speed():
    a_country("BY"); a_country("RU")
    rows = [NewMeasure(titles={"ru": f"Проведение выставки-ярмарки товаров белорусских производителей {n}"}, number=str(n),
      section=f"Раздел {n//10}", due=DueRule("recurring", date(2017,1,1), date(2020,12,31), "yearly", "10-01/12-31"), due_text="ежегодно, IV квартал",
      expected_result="Заключение не менее 12 договоров", funding_text="собственные средства",
      bodies=(NewBody("Министерство промышленности","BY"), NewBody("Министерство антимонопольного регулирования и торговли","BY"), NewBody("Правительство Сахалинской области","RU"))) for n in range(50)]
    best = 9
    for _ in range(10):
        p = a_programme(start=date(2017,1,1), end=date(2020,12,31))
        t=time.process_time(); add_measures(programme=p, rows=rows, by=Installation()); best=min(best,time.process_time()-t)
    print("per measure µs", best/50*1e6)
