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
    const told = states[name](facts)
    const state = told === 'look' && facts.checked.includes(name) ? 'done' : told
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

/** Until every step is done or skipped, or somebody puts the list away. */
export const isShownOnLanding = ({ facts, steps }: FirstRunView): boolean =>
  !facts.dismissed && steps.some(({ state }) => state === 'todo' || state === 'look')

export function changeFirstRun(before: FirstRunSetting, form: FirstRunForm): FirstRunSetting {
  const { skipped, checked, dismissed } = before
  if ('show' in form) return { ...before, dismissed: form.show === 'no' }
  if ('check' in form) return { ...before, checked: [...new Set([...checked, form.check])] }
  const name = 'skip' in form ? form.skip : form.unskip
  const others = skipped.filter((one) => one !== name)
  return { skipped: 'skip' in form ? [...others, name] : others, checked, dismissed }
}
