import { HolidayReference, ThemeReference } from '../../server/catalogue/case-rules-contract.ts'
import {
  AgencyReference,
  FieldReference,
  IndicatorReference,
  PlaceReference,
  Questionnaire,
} from '../../server/catalogue/contract.ts'
import type { Reference } from '../catalogue/catalogue.ts'
import agencies from './agencies.json' with { type: 'json' }
import fields from './fields.json' with { type: 'json' }
import holidays from './holidays.json' with { type: 'json' }
import indicators from './indicators.json' with { type: 'json' }
import places from './places.json' with { type: 'json' }
import administrative from './questionnaire-administrative.json' with { type: 'json' }
import educationLowerSecondary from './questionnaire-education-lower-secondary.json' with { type: 'json' }
import educationPreschool from './questionnaire-education-preschool.json' with { type: 'json' }
import educationPrimary from './questionnaire-education-primary.json' with { type: 'json' }
import household from './questionnaire-household.json' with { type: 'json' }
import outpatient from './questionnaire-outpatient.json' with { type: 'json' }
import vaccination from './questionnaire-vaccination.json' with { type: 'json' }
import themes from './themes.json' with { type: 'json' }

/** The reference data of this version of the product; throws where a file does not keep its shape. */
export function readReference(): Reference {
  const questionnaires = [
    administrative,
    outpatient,
    vaccination,
    educationPreschool,
    educationPrimary,
    educationLowerSecondary,
    household,
  ]
  return {
    agencies: agencies.map((item) => AgencyReference.parse(item)),
    fields: fields.map((item) => FieldReference.parse(item)),
    places: places.map((item) => PlaceReference.parse(item)),
    questionnaires: questionnaires.map((item) => Questionnaire.parse(item)),
    indicators: indicators.map((item) => IndicatorReference.parse(item)),
    holidays: holidays.map((item) => HolidayReference.parse(item)),
    themes: themes.map((item) => ThemeReference.parse(item)),
  }
}
