/** Browsers of our day, by the version that they give themselves: in every network, whoever asks. As of 2026-11. */
const CURRENT_BROWSER = /(?:Chrome|Firefox|Edg|Version)\/1\d\d\.|Version\/(?:1[5-9]|2\d)\./;

/** Whether a User-Agent is that of a browser of the last years. */
export const isCurrentBrowser = (agent: string): boolean => CURRENT_BROWSER.test(agent);
