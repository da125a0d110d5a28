/** An SFTP server in a Spring Boot application, with its host key and its users in a token. */
@NullMarked
package org.symbolon.examples.sftp;

import org.jspecify.annotations.NullMarked;
