/** `3-5.server_batch.41-80`: a group of operations as it stands in the address. */
export const groupPattern = /^\d{1,4}-\d{1,4}(\.[a-z_]{1,40})?(\.\d{1,4}-\d{1,4})?$/;
