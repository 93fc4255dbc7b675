/** Runs a command of the administrator: what is expected to go wrong is said in its sentence, a fault with its stack. */
export function runCommand(command: () => Promise<void>): void {
  command().catch((error: Error) => {
    console.error(error.constructor === Error ? error.message : error)
    process.exitCode = 1
  })
}
