import {
  type FirstRunFacts,
  type FirstRunForm,
  type FirstRunSetting,
  type FirstRunView,
  type FirstStepName,
  type FirstStepState,
  firstSteps,
} from './contract.ts'

/** The state of every step, from the data alone. */
export function viewFirstRun(facts: FirstRunFacts): FirstRunView {
  const steps = firstSteps.map((name) => {
    const state = states[name](facts)
    return { name, state: state !== 'done' && facts.skipped.includes(name) ? ('skipped' as const) : state }
  })
  return { facts, steps }
}

const states: Record<FirstStepName, (facts: FirstRunFacts) => FirstStepState> = {
  agencies: ({ openAgencies, coordinator, agenciesChanged }) =>
    openAgencies === 0 || !coordinator ? 'todo' : agenciesChanged ? 'done' : 'look',
  places: ({ openPlaces, placesChanged }) => (openPlaces === 0 ? 'todo' : placesChanged ? 'done' : 'look'),
  posters: ({ qrOpenings }) => (qrOpenings > 0 ? 'done' : 'todo'),
  colleagues: ({ colleagues }) => (colleagues > 0 ? 'done' : 'todo'),
  address: ({ publicUrl }) => (publicUrl ? 'done' : 'todo'),
  trial: ({ responses }) => (responses > 0 ? 'done' : 'todo'),
  method: () => 'look',
}

/** Before the first answer, until somebody puts the list away. */
export const isShownOnLanding = ({ responses, dismissed }: FirstRunFacts): boolean => responses === 0 && !dismissed

export function changeFirstRun({ skipped, dismissed }: FirstRunSetting, form: FirstRunForm): FirstRunSetting {
  if ('show' in form) return { skipped, dismissed: form.show === 'no' }
  const name = 'skip' in form ? form.skip : form.unskip
  const others = skipped.filter((one) => one !== name)
  return { skipped: 'skip' in form ? [...others, name] : others, dismissed }
}
