export function build(options?: { server?: boolean }): Promise<void>
export function buildIfStale(): Promise<void>
export function bundleProgram(entry: string, to: { folder: string; name: string }): Promise<void>
