import { consentMinutes } from '@signalbox/domain/connection/consent';
import { htmlPage } from './html.ts';

/** What a browser sees that comes back from the page of consent with something that is not good, or no longer. */
export const consentPage = htmlPage(
  'Nothing was changed · Signalbox',
  `<header><h1>Nothing was changed</h1></header>
<main id="main">
<p>This way back from the page of consent is not valid. It is good once and for ${consentMinutes} minutes, and only as the provider made it.</p>
<p>Open the provider connection in <a href="/">Signalbox</a>. Its page shows whether consent was granted; from there you can check it, or ask for consent again.</p>
</main>`,
);
