// npm runs a script through a shell that dies of SIGTERM without passing it on. Losing that parent is then the signal.
const parent = process.ppid
if (process.env.npm_lifecycle_event && process.platform !== 'win32') {
  const watch = setInterval(() => {
    if (process.ppid === parent) return
    clearInterval(watch)
    process.kill(process.pid, 'SIGTERM')
  }, 250)
  watch.unref()
}
