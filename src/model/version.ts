/** The version of the product, as in package.json (a test keeps both equal). */
export const version = '1.0.0';
