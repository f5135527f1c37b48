"""Endings that languages put on surnames: sons, daughters and people of a place.

They tell names of a locale in no lexicon from words of a language in no lexicon: of the words of
any language some three in a hundred end so by chance, of its surnames one in ten to all of them.
"""

_SLAVIC = str.split(
    "ovic evic avic ovich evich avich owicz ewicz ovitch evitch enko chuk czuk iuk "
    "owski ewski inski ynski ovsky evsky insky ovski evski owska ewska inska ovska evska "
    "ovskaya evskaya inskaya cki ckyi skyi skyy "
    "ikov akov ekov anov enov inov onov arov erov orov urov itov atov etov alov elov ilov ulov "
    "imov omov amov adov idov edov ishev chev shev zhev "
    "ikova akova ekova anova enova inova onova arova erova orova urova itova atova etova alova "
    "elova ilova ulova imova omova amova adova idova edova cheva sheva zheva kova hova dova"
)
_TURKIC_AND_PERSIAN = str.split(
    "oglu ogullari zade zadeh zada qizi uulu kyzy bayev bayeva baev baeva bekov bekova "
    "yev yeva iyev iyeva ayev ayeva nejad nezhad poor pour"
)
_CAUCASIAN = str.split("shvili svili adze idze edze odze dze iani ulia yan yants iants")
_GREEK = str.split(
    "poulos poulou idis idou iadis iadou akis oudis oudi akos opulos antis iotis iotou "
    "elis ellis oglou"
)
_BALTIC = str.split(
    "auskas auskiene aitis aityte aite iute yte unas evicius avicius inskas kiene niene"
)
_NORDIC = str.split("sson sdottir dottir sen son quist qvist strom gren lund stedt")
_FINNIC = str.split("onen anen inen unen ynen ainen oinen")
_INDIAN = str.split(
    "nathan samy swamy swami murthy moorthy kumar kumaran rajan lingam selvan pandian arasan "
    "appan ppa amma reddy walla wala kar jee"
)
_OTHER = str.split(
    "escu iescu eanu mann meier meyer maier mayer bauer hofer huber falvy hazy vary szky sky "
    "etxea echea goitia"
)

ENDINGS = tuple(
    sorted(
        {
            *(_SLAVIC + _TURKIC_AND_PERSIAN + _CAUCASIAN + _GREEK),
            *(_BALTIC + _NORDIC + _FINNIC + _INDIAN + _OTHER),
        }
    )
)
_STEM = 2
"""Letters that must stand before an ending: Son and Owen end in nothing."""
BY_CHANCE = 0.05
"""Share of the words of any language, and of made-up ones, that end so."""


def is_patronymic(fold: str) -> bool:
    """Whether a folded word ends as surnames of some language do."""
    return fold.endswith(ENDINGS, _STEM)
