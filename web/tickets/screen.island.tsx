/** Asked again that soon when the network fails; a code goes on being taken for five minutes. */
const retryMillis = 5000
const shownMillis = 5 * 60_000

let last = Date.now()

/** In old words, for old televisions: an XMLHttpRequest of this very page, of which only the code is taken. */
function renew() {
  const request = new XMLHttpRequest()
  request.open('GET', location.pathname)
  request.timeout = 20_000
  request.onload = () => {
    if (request.status === 403) return location.reload()
    const page = document.createElement('div')
    page.innerHTML = request.responseText
    const [fresh, shown] = [page.querySelector('.screen-code'), document.querySelector('.screen-code')]
    const seconds = Number(page.querySelector('#screen')?.getAttribute('data-seconds'))
    if (request.status !== 200 || !fresh || !shown || !seconds) return lose()
    shown.innerHTML = fresh.innerHTML
    last = Date.now()
    show(true)
    setTimeout(renew, seconds * 1000)
  }
  request.onerror = lose
  request.ontimeout = lose
  request.send()
}

function lose() {
  if (Date.now() - last > shownMillis) show(false)
  setTimeout(renew, retryMillis)
}

/** A code that would prove nothing any more is not shown. */
function show(isGood: boolean) {
  const [code, lost] = [document.querySelector<HTMLElement>('.screen-code'), document.getElementById('screen-lost')]
  if (code) code.hidden = !isGood
  if (lost) lost.hidden = isGood
}

const seconds = Number(document.getElementById('screen')?.getAttribute('data-seconds'))
setTimeout(renew, seconds * 1000)

export {}
