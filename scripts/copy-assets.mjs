// The last step of `npm run build`: the console's style and script go beside the compiled code that reads them.
import { cpSync } from 'node:fs';

const folder = 'src/console/assets/';
cpSync(new URL(`../${folder}`, import.meta.url), new URL(`../dist/${folder}`, import.meta.url), { recursive: true });
