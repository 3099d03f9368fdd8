/** Longest name in a title, in characters; MITRE's longest has 60. */
const MOST = 160;

/** An object as people call it, `T1584.007 Serverless`; its STIX id where it has neither number nor name. */
export function titleOf(object: {
  readonly attack_id: string | null;
  readonly name: string | null;
  readonly id: string;
}): string {
  const { attack_id, name, id } = object;
  const short = name !== null && name.length > MOST ? `${name.slice(0, MOST)}…` : name;
  return [attack_id, short].filter((part) => part !== null).join(' ') || id;
}
