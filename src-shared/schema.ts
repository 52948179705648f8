import { z } from 'zod'

// Zod compiles object parsers with `new Function`, which the page's content security policy forbids.
z.config({ jitless: true })

/** The one schema library of the project, configured for every process. */
export { z }
