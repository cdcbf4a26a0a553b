/** In a module of its own: whether there is one is asked before the code for it is fetched. */
export const DATABASE = "tenang";
