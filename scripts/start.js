// npm start: builds what has changed since the last build, then becomes the server.
import { buildIfStale } from './build.js'
import './command/stop-with-npm.js'

await buildIfStale()
await import('../dist/server/main.js')
