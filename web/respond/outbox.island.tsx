import { startOutbox } from './_delivery.island.tsx'
import { startKiosk } from './_kiosk.island.tsx'

// Thank-you and message pages: send what still waits; on a shared tablet, make room for the next person.
startOutbox({ id: '' })
startKiosk(() => true)?.()
