import { z } from 'zod';

/** Whether a list of what was seen at a provider also shows what is no longer there. */
export const removedFilter = z.enum(['without', 'with', 'only']).meta({
  description: 'What a complete sync no longer found: left out, shown with the rest, or nothing but that',
});
