/** Hours without a request after which a session ends, and the longest a session lasts. */
export const sessionIdleHours = 12
export const sessionLongestHours = 7 * 24

/** Days after which a browser that nobody signed in from is unknown again; browsers keep no cookie longer than 400. */
export const knownBrowserDays = 400

/** Time between the right password and the code of the second factor. */
export const pendingSeconds = 300

/** How long the link of an invitation works. */
export const invitationDays = 7

/** Failed attempts in a row that cost nothing; from then on one attempt per wait, so that nobody is locked out for long. */
export const freeAttempts = 5
export const attemptWaitSeconds = 30

/** Where to go after sign-in: only an address of this application. */
export function safeNext(next: string | undefined, fallback: string): string {
  return next && /^\/(?![/\\])[\x21-\x7e]*$/.test(next) ? next : fallback
}
