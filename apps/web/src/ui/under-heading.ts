import { createContext } from 'react';

/** Whether a heading of level 1 stands above: what is shown in place of a whole page brings its own. */
export const UnderHeading = createContext(false);
