import { z } from 'zod';
import { entityId } from '../shape/ids.ts';
import { pageQuery } from '../shape/page.ts';
import { line } from '../shape/text.ts';

/** Whether a list of what was seen at a provider also shows what is no longer there. */
const removedFilter = z.enum(['without', 'with', 'only']).meta({
  description: 'What a complete sync no longer found: left out, shown with the rest, or nothing but that',
});

/** What every list of things seen at a tenant's provider is asked. `habit`: which are shown unless somebody says. */
export function seenQuery(habit: z.infer<typeof removedFilter>) {
  return {
    ...pageQuery,
    tenantId: entityId,
    search: line(100).optional().meta({ description: 'Part of the name, taken literally' }),
    removed: removedFilter.default(habit),
  };
}
