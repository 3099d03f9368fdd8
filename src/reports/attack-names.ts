/**
 * Names of the techniques that Virga's findings carry, so that a reader needs no second window.
 * Source: https://attack.mitre.org/techniques/enterprise/ (ATT&CK v18.1). Ids that are not here are shown bare.
 */
const names: ReadonlyMap<string, string> = new Map([
  ['T1008', 'Fallback Channels'],
  ['T1029', 'Scheduled Transfer'],
  ['T1041', 'Exfiltration Over C2 Channel'],
  ['T1071.001', 'Application Layer Protocol: Web Protocols'],
  ['T1090', 'Proxy'],
  ['T1090.004', 'Proxy: Domain Fronting'],
  ['T1102', 'Web Service'],
  ['T1102.001', 'Web Service: Dead Drop Resolver'],
  ['T1105', 'Ingress Tool Transfer'],
  ['T1567', 'Exfiltration Over Web Service'],
  ['T1568', 'Dynamic Resolution'],
  ['T1573', 'Encrypted Channel'],
  ['T1583.007', 'Acquire Infrastructure: Serverless'],
  ['T1584.007', 'Compromise Infrastructure: Serverless'],
  ['T1665', 'Hide Infrastructure'],
]);

/** A technique id with its name, and its page at attack.mitre.org; both null where the id is unknown or no id at all. */
export function technique(id: string): { readonly name: string | null; readonly url: string | null } {
  const parts = /^(T[0-9]{4})(?:\.([0-9]{3}))?$/.exec(id);
  if (parts === null) return { name: null, url: null };
  const page = parts[2] === undefined ? parts[1] : `${parts[1]}/${parts[2]}`;
  return { name: names.get(id) ?? null, url: `https://attack.mitre.org/techniques/${page}/` };
}
