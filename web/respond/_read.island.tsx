const speaker =
  '<svg viewBox="0 0 24 24" aria-hidden="true"><path d="M3 9v6h4l6 5V4L7 9zM17 9q3 3 0 6M20 6q5 6 0 12"/></svg>'

/** A sentence, and where the commune's recording of it is. */
type Part = { text: string; src?: string | false | undefined }

/**
 * A button that reads the question on the screen and its answers: from recordings of the commune, which are loaded on
 * pressing only, and for the rest by a voice of the device itself; a voice from the network would tell a stranger what is
 * asked. Shown only where something can be heard in the page's language. `show` is called with each question shown.
 */
export function offerReading(form: HTMLFormElement, label: string) {
  const speech = window.speechSynthesis || { getVoices: () => [], cancel() {} }
  const button = document.createElement('button')
  let shown: HTMLElement | undefined
  // One for all recordings: Safari lets only what began by a press go on by itself.
  const sound = new Audio()
  let reading = false
  /** Counts beginnings and ends: a reading that is not the newest goes no further. */
  let turn = 0
  const findVoice = () =>
    speech.getVoices().find((voice) => voice.localService && voice.lang.slice(0, 2) === document.documentElement.lang)
  const offer = () => {
    if (!shown) return
    const isOffered = Boolean(findVoice()) || partsOf(form, shown).some(({ src }) => src)
    form.classList.toggle('reads', isOffered)
    if (isOffered) shown.append(button)
  }
  const stop = () => {
    turn++
    reading = false
    sound.pause()
    speech.cancel()
  }
  const play = (src: string) =>
    new Promise<unknown>((done, fail) => {
      sound.src = src
      sound.onended = done
      sound.onerror = fail
      sound.play().catch(fail)
    })
  const say = (text: string) =>
    new Promise<unknown>((done) => {
      const voice = findVoice()
      if (!voice || !text) return done(0)
      const spoken = new SpeechSynthesisUtterance(text)
      spoken.voice = voice
      spoken.lang = voice.lang
      spoken.onend = spoken.onerror = done
      speech.speak(spoken)
    })
  const read = async (parts: Part[]) => {
    const own = ++turn
    reading = true
    for (const { text, src } of parts) {
      await (src ? play(src).catch(() => own === turn && say(text)) : say(text))
      if (own !== turn) return
    }
    stop()
  }
  button.type = 'button'
  button.className = 'read'
  button.setAttribute('aria-label', label)
  button.innerHTML = speaker
  button.onclick = () => (reading ? stop() : read(partsOf(form, shown as HTMLElement)))
  // Voices come late.
  speech.onvoiceschanged = offer
  return {
    stop,
    show(step: HTMLElement) {
      shown = step
      stop()
      offer()
    },
  }
}

/** What is read of a step, in order, standing sentences first and last; what has no recording is said in one breath. */
function partsOf(form: HTMLFormElement, step: HTMLElement): Part[] {
  const [base, ...faces] = (form.dataset.say || '').split(' ')
  const steps = form.querySelectorAll('.step')
  const srcIn = (place: ParentNode | null) => place?.querySelector('audio')?.src
  const parts: Part[] = []
  for (const element of step.querySelectorAll<HTMLLabelElement>('legend,label:not(.now)')) {
    const { className, htmlFor } = element
    const text = element.textContent as string
    // Of answers only faces have a name without being recorded, of two letters.
    const isRecorded = className[2] || faces.includes(className)
    const src = htmlFor !== '' ? srcIn(step) : isRecorded && base + className
    const last = parts[parts.length - 1]
    if (last && !src && !last.src) last.text += `. ${text}`
    else parts.push({ text, src })
  }
  return [
    { text: '', src: step === steps[0] && srcIn(form.querySelector('.intro')) },
    ...parts,
    { text: '', src: step === steps[steps.length - 1] && srcIn(form.querySelector('.soft')) },
  ]
}
