import type { ComponentChildren } from 'preact'

/** A closed question: legend, what the server found wrong with it, and its choices. */
export type QuestionProps = {
  name: string
  /** Stands above the question: "Câu 2 trên 6". */
  note?: string | undefined
  /** The question that a noun completes: "Ông/Bà hài lòng thế nào về:". */
  stem?: string
  text: string
  /** The path of its pictogram, for whoever does not read well. */
  drawing?: string | undefined
  /** Where its recording is. */
  sound?: string | undefined
  problem?: string | undefined
  children: ComponentChildren
  step?: boolean
}

export function Question({ name, note, stem, text, drawing, sound, problem, children, step }: QuestionProps) {
  const errorId = `error-${name}`
  return (
    <fieldset class={step ? 'card step' : 'card'} aria-describedby={problem ? errorId : undefined}>
      <legend tabindex={-1} class={drawing && 'drawn'}>
        {drawing && (
          <svg class="pic" viewBox="0 0 24 24" aria-hidden="true">
            <path d={drawing} />
          </svg>
        )}
        {note && <small>{note}</small>} {stem && <small>{stem}</small>} {text}
      </legend>
      <Sound src={sound} />
      <Problem name={name} message={problem} />
      {children}
    </fieldset>
  )
}

/** Without script a player of its own; with it, what the one button plays. Nothing is loaded before somebody presses. */
export const Sound = ({ src }: { src: string | undefined }) =>
  // biome-ignore lint/a11y/useMediaCaption: what it says stands above it.
  src ? <audio controls preload="none" src={src} /> : null

export function Problem({ name, message }: { name: string; message: string | undefined }) {
  return message ? (
    <p class="error" id={`error-${name}`}>
      {message}
    </p>
  ) : null
}

type FacesProps = { name: string; words: string[]; value: string | undefined; anchor: boolean }

/** Five faces; the first of an anchor carries the question's name as its id, so that an error summary can lead to it. */
export function Faces({ name, words, value, anchor }: FacesProps) {
  return (
    <div class="faces">
      {words.map((word, index) => (
        <label class={`f${index + 1}`} key={word}>
          <input {...radio(name, String(index + 1), value, anchor && index === 0)} />
          <span>
            <svg aria-hidden="true">
              <use href={`#f${index + 1}`} />
            </svg>
            <b>{word}</b>
          </span>
        </label>
      ))}
    </div>
  )
}

/** `spoken`: the key of its recording, where there is one. */
export type Choice = { value: string; text: string; spoken?: string | undefined }

export function Choices({ name, choices, value, anchor }: ChoicesProps) {
  return (
    <div class="choices">
      {choices.map((choice, index) => (
        <label key={choice.value} class={choice.spoken}>
          <input {...radio(name, choice.value, value, anchor && index === 0)} />
          <span>{choice.text}</span>
        </label>
      ))}
    </div>
  )
}

type ChoicesProps = { name: string; choices: Choice[]; value: string | undefined; anchor: boolean }

const radio = (name: string, value: string, chosen: string | undefined, anchor: boolean) => ({
  type: 'radio' as const,
  name,
  value,
  id: anchor ? name : undefined,
  checked: chosen === value,
})

/** The drawings of the faces: one circle each, with eyes and mouth apart in shape and not only in colour. */
export const FaceShapes = () => (
  // biome-ignore lint/a11y/noSvgWithoutTitle: never shown itself, and every byte of this page counts.
  <svg hidden>
    {features.map((path, index) => (
      <symbol key={path} id={`f${index + 1}`} viewBox="0 0 48 48">
        <circle cx="24" cy="24" r="21" />
        <path fill="none" d={path} />
      </symbol>
    ))}
  </svg>
)

const features = [
  'M12 15l7 4M36 15l-7 4M17 22h.01M31 22h.01M15 36q9-11 18 0',
  'M17 20h.01M31 20h.01M16 34q8-6 16 0',
  'M17 20h.01M31 20h.01M16 32h16',
  'M17 20h.01M31 20h.01M15 30q9 7 18 0',
  'M13 20q3.500-5 7 0M28 20q3.500-5 7 0M13 27h22q-1 11-11 11t-11-11z',
]
