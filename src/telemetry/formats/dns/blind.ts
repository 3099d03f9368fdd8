/** What the logs of DNS servers do not show. */
export const noAnswers = 'answers, where the server logs queries only: what a name led to is unknown then';
export const noPaths = 'URL paths: a tenant that stands in the path has no name of its own';
export const noOthers = 'lookups over HTTPS or TLS to outside resolvers, and contacts that used a cached answer';
