-- Schema version 1. Statements end with a semicolon at the end of a line. Numbers are 64 bits, blobs are bytes.

CREATE TABLE token (
  slot           BIGINT NOT NULL PRIMARY KEY,
  uuid           BLOB   NOT NULL UNIQUE,
  label          TEXT   NOT NULL,
  master_version BIGINT NOT NULL,
  so_mode        BIGINT NOT NULL,
  index_salt     BLOB   NOT NULL,
  verify_key     BLOB   NOT NULL,
  signing_key    BLOB   NOT NULL,
  key_slots      BLOB   NOT NULL,
  settings       BLOB   NOT NULL,
  epoch          BIGINT NOT NULL,
  root           BLOB   NOT NULL,
  signature      BLOB   NOT NULL
);

CREATE TABLE key_slot (
  token          BIGINT NOT NULL REFERENCES token (slot) ON DELETE CASCADE,
  role           BIGINT NOT NULL,
  number         BIGINT NOT NULL,
  kdf            TEXT   NOT NULL,
  salt           BLOB   NOT NULL,
  host_secret    TEXT,
  master_version BIGINT NOT NULL,
  settings       BLOB   NOT NULL,
  wrapped        BLOB   NOT NULL,
  max_tries      BIGINT NOT NULL,
  failed_tries   BIGINT NOT NULL,
  last_failure   BIGINT NOT NULL,
  PRIMARY KEY (token, role, number)
);

CREATE TABLE pin_try (
  token          BIGINT NOT NULL REFERENCES token (slot) ON DELETE CASCADE,
  role           BIGINT NOT NULL,
  nonce          BLOB   NOT NULL,
  expires        BIGINT NOT NULL,
  PRIMARY KEY (token, role, nonce)
);

CREATE TABLE object (
  token          BIGINT NOT NULL REFERENCES token (slot) ON DELETE CASCADE,
  uid            BLOB   NOT NULL,
  class          BIGINT NOT NULL,
  visibility     BIGINT NOT NULL,
  version        BIGINT NOT NULL,
  master_version BIGINT NOT NULL,
  clear          BLOB   NOT NULL,
  sealed         BLOB   NOT NULL,
  PRIMARY KEY (token, uid)
);

CREATE INDEX object_class ON object (token, visibility, class, uid);

CREATE TABLE attribute_tag (
  token          BIGINT NOT NULL,
  attribute      BIGINT NOT NULL,
  tag            BLOB   NOT NULL,
  uid            BLOB   NOT NULL,
  PRIMARY KEY (token, attribute, tag, uid)
) WITHOUT ROWID;

CREATE TABLE manifest_node (
  token          BIGINT NOT NULL REFERENCES token (slot) ON DELETE CASCADE,
  level          BIGINT NOT NULL,
  prefix         BIGINT NOT NULL,
  content        BLOB   NOT NULL,
  PRIMARY KEY (token, level, prefix)
);
