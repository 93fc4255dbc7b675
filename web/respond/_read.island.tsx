const speaker =
  '<svg viewBox="0 0 24 24" aria-hidden="true"><path d="M3 9v6h4l6 5V4L7 9zM17 9q3 3 0 6M20 6q5 6 0 12"/></svg>'

/**
 * A button that reads the question on the screen and its answers by a voice of the device itself: a voice from the network
 * would tell a stranger what is asked. Shown only where there is one for the page's language. Returns what is called with
 * each question shown.
 */
export function offerReading(form: HTMLFormElement, label: string) {
  const speech = window.speechSynthesis
  const button = document.createElement('button')
  let shown: HTMLElement | undefined
  const findVoice = () =>
    speech.getVoices().find((voice) => voice.localService && voice.lang.slice(0, 2) === document.documentElement.lang)
  const offer = () => {
    const isOffered = Boolean(shown && findVoice())
    form.classList.toggle('reads', isOffered)
    if (isOffered) shown?.append(button)
  }
  button.type = 'button'
  button.className = 'read'
  button.setAttribute('aria-label', label)
  button.innerHTML = speaker
  button.onclick = () => {
    if (speech.speaking) return speech.cancel()
    const spoken = new SpeechSynthesisUtterance(shown && textOf(shown))
    spoken.voice = findVoice() as SpeechSynthesisVoice
    spoken.lang = spoken.voice.lang
    speech.speak(spoken)
  }
  // Voices come late.
  if (speech) speech.onvoiceschanged = offer
  return (step: HTMLElement) => {
    shown = step
    if (!speech) return
    speech.cancel()
    offer()
  }
}

const textOf = (step: HTMLElement) =>
  [...step.querySelectorAll('legend,label[for],.faces b,.choices span')]
    .map(({ textContent }) => textContent)
    .join('. ')
