/** What papers about ATT&CK are made of. */

/** What a number in the text stands for. */
export type Source = {
  readonly n: number;
  readonly name: string;
  readonly text: string;
  readonly url: string | null;
  /** ATT&CK objects that hold this citation; empty for the objects themselves. */
  readonly held_by: readonly string[];
};
