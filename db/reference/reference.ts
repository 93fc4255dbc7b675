import { HolidayReference, ThemeReference } from '../../server/catalogue/case-rules-contract.ts'
import {
  AgencyReference,
  FieldReference,
  IndicatorReference,
  PlaceReference,
  Questionnaire,
} from '../../server/catalogue/contract.ts'
import agencies from './agencies.json'
import fields from './fields.json'
import holidays from './holidays.json'
import indicators from './indicators.json'
import type { Reference } from './load.ts'
import places from './places.json'
import administrative from './questionnaire-administrative.json'
import educationLowerSecondary from './questionnaire-education-lower-secondary.json'
import educationPreschool from './questionnaire-education-preschool.json'
import educationPrimary from './questionnaire-education-primary.json'
import household from './questionnaire-household.json'
import outpatient from './questionnaire-outpatient.json'
import vaccination from './questionnaire-vaccination.json'
import themes from './themes.json'

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
