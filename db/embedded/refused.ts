/** The database cannot be started here; the message is one sentence that tells the person at the server what to do. */
export class DatabaseRefused extends Error {
  override name = 'DatabaseRefused'
}
