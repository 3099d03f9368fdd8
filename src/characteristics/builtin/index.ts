import type { Characteristic } from '../../model/characteristic.ts';
import { cobaltStrike } from './cobalt-strike.ts';
import { frameworks } from './frameworks.ts';
import { functionTools } from './function-tools.ts';

/** What Virga knows without being told; in every hunt unless it is asked not to. */
export const builtIn: readonly Characteristic[] = [...cobaltStrike, ...frameworks, ...functionTools];
