/** Who did something: the account of the system, or a name that was claimed from it. Nothing here is authenticated. */

const CLAIMED = /^(.*) \(claimed by (.*)\)$/s;
const MAX_NAME = 120;

/** How a fact names a person: the account alone, or the claimed name with the account that claimed it. */
export function whoOf(given: string | null, account: string): string {
  const name = (given ?? '')
    .replace(/[\u0000-\u001f\u007f-\u009f]/g, ' ')
    .replaceAll(/\(claimed by/gi, '(')
    .trim()
    .slice(0, MAX_NAME);
  return name === '' || name === account ? account : `${name} (claimed by ${account})`;
}

/** The name, and the account that claimed it; null where the account speaks for itself, and in facts of older versions. */
export function readWho(who: string): { readonly name: string; readonly account: string | null } {
  const [, name, account] = CLAIMED.exec(who) ?? [];
  return name === undefined || account === undefined ? { name: who, account: null } : { name, account };
}

/** Whether two facts may have come from one person under two names: both from the same account. */
export const sameAccount = (one: string, other: string): boolean => accountOf(one) === accountOf(other);

const accountOf = (who: string): string => {
  const { name, account } = readWho(who);
  return account ?? name;
};
