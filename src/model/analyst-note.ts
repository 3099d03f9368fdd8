/** What we, or a user, say about an ATT&CK object. Kept apart from MITRE's words everywhere. */
export type AnalystNote = {
  /** ATT&CK ids that the note is about. */
  readonly about: readonly string[];
  /** 0 for what comes with the program; a user's revisions count from 1. */
  readonly revision: number;
  /** `Virga`, or the user who wrote it. */
  readonly author: string;
  /** `YYYY-MM-DD`, or RFC 3339 for a user's. */
  readonly written: string;
  /** For whoever decides about money and people: why, and how urgent. */
  readonly executive_priority: string;
  /** What happens, technically. */
  readonly technical_view: string;
  readonly likely_telemetry: readonly string[];
  readonly detection_direction: readonly string[];
  readonly mitigation_priorities: readonly string[];
  readonly notes: readonly string[];
  /** What this cannot show. */
  readonly limits: readonly string[];
  /** Techniques that are worth a look beside it. */
  readonly related: readonly string[];
  readonly sources: readonly { readonly title: string; readonly url: string; readonly checked: string }[];
};
