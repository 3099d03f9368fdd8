import type { CommandGroup } from '../../command.ts';
import { deleteCommand } from './delete.ts';
import { diffCommand } from './diff.ts';
import { impactCommand } from './impact.ts';
import { importCommand } from './import.ts';
import { layerCommand } from './layer.ts';
import { noteCommand } from './note.ts';
import { rawCommand } from './raw.ts';
import { releasesCommand } from './releases.ts';
import { searchCommand } from './search.ts';
import { showCommand } from './show.ts';

/** The ATT&CK mirror. */
export const attackCommands = {
  name: 'attack',
  summary: 'keep ATT&CK releases, show objects with their context, and what a release changes',
  commands: [
    importCommand,
    releasesCommand,
    showCommand,
    rawCommand,
    searchCommand,
    diffCommand,
    impactCommand,
    layerCommand,
    noteCommand,
    deleteCommand,
  ],
} satisfies CommandGroup;
