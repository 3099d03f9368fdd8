import { malleable } from '../malleable/index.ts';
import type { TraitReader } from '../reader.ts';
import { sigma } from '../rules/sigma.ts';
import { suricata } from '../rules/suricata.ts';
import { c2Configs } from './c2-configs.ts';
import { empire } from './empire.ts';
import { ja3List, ja4List } from './fingerprints.ts';
import { havoc } from './havoc.ts';
import { mythic } from './mythic.ts';
import { report } from './report.ts';
import { sliver } from './sliver.ts';

/** Every kind of file that characteristics are read from; the first that says yes reads a file. */
export const traitReaders: readonly TraitReader[] = [
  suricata,
  sigma,
  malleable,
  havoc,
  sliver,
  mythic,
  c2Configs,
  ja4List,
  empire,
  ja3List,
  report,
];
