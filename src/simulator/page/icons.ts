import { html, type SafeHtml } from '@remix-run/html-template';

// Drawn, because emojis look different everywhere and are empty boxes where no font has them.
const PATHS = {
  cart: 'M2 3h3l.7 3H22l-2.4 9H7.4L4.2 5H2zM9 18a2 2 0 1 1 0 4 2 2 0 0 1 0-4zm9 0a2 2 0 1 1 0 4 2 2 0 0 1 0-4z',
  photo:
    'M4 5h4l2-2h4l2 2h4a2 2 0 0 1 2 2v11a2 2 0 0 1-2 2H4a2 2 0 0 1-2-2V7a2 2 0 0 1 2-2zm8 3a4.5 4.5 0 1 0 0 9 4.5 4.5 0 0 0 0-9z',
  voice:
    'M12 2a3.5 3.5 0 0 1 3.5 3.5v6a3.5 3.5 0 0 1-7 0v-6A3.5 3.5 0 0 1 12 2zM5 11h2a5 5 0 0 0 10 0h2a7 7 0 0 1-6 6.9V22h-2v-4.1A7 7 0 0 1 5 11z',
  file: 'M5 2h9l5 5v15H5zm8 1.5V8h4.5z',
  place: 'M12 2a7 7 0 0 1 7 7c0 5-7 13-7 13S5 14 5 9a7 7 0 0 1 7-7zm0 4.5a2.5 2.5 0 1 0 0 5 2.5 2.5 0 0 0 0-5z',
  person: 'M12 3a4.5 4.5 0 1 1 0 9 4.5 4.5 0 0 1 0-9zM3 21c0-4.5 4-7 9-7s9 2.500 9 7z',
  call: 'M6.500 2 10 7 7.800 9.500c1 2.300 3 4.300 5.700 5.700L16 13l5.500 3.500c-.5 3-2.500 5-5 4.500C9 20 3 13 2.500 6.500 2.500 4 4 2.500 6.500 2z',
  message: 'M3 4h18v13H9l-4 4v-4H3z',
} as const;

export type Icon = keyof typeof PATHS;

/** A small picture in the colour of the text beside it, which says what it shows. */
export const icon = (name: Icon): SafeHtml =>
  html`<svg class="icon" viewBox="0 0 24 24" aria-hidden="true"><path fill="currentColor" fill-rule="evenodd" d="${PATHS[name]}"></path></svg>`;
