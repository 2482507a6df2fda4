<?php
/**
 * Plugin Name: Theme Kit Forms
 * Description: Contact forms with validation, notes to the owner and a list of answers.
 * Version: 3.1.4
 * Requires PHP: 8.1
 * License: GPL-2.0-or-later
 */

declare( strict_types=1 );

namespace ThemeKit\Forms;

interface Rule {
	public function check( string $value ): ?string;
}

final class Required implements Rule {
	public function check( string $value ): ?string {
		return '' === trim( $value ) ? 'This field is required.' : null;
	}
}

final class Length implements Rule {
	public function __construct( private int $min = 0, private int $max = 5000 ) {
	}

	public function check( string $value ): ?string {
		$length = mb_strlen( $value );
		return match ( true ) {
			$length < $this->min => "Please write at least {$this->min} letters.",
			$length > $this->max => "Please write at most {$this->max} letters.",
			default => null,
		};
	}
}

final class Email implements Rule {
	public function check( string $value ): ?string {
		return '' === $value || false !== filter_var( $value, FILTER_VALIDATE_EMAIL ) ? null : 'This is not an address.';
	}
}

final class Pattern implements Rule {
	public function __construct( private string $expression, private string $message ) {
	}

	public function check( string $value ): ?string {
		return 1 === preg_match( $this->expression, $value ) ? null : $this->message;
	}
}

class Field {
	/** @var Rule[] */
	private array $rules = array();

	public function __construct(
		public readonly string $name,
		public readonly string $label,
		public readonly string $type = 'text',
	) {
	}

	public function must( Rule ...$rules ): static {
		$this->rules = array_merge( $this->rules, $rules );
		return $this;
	}

	/** @return string[] */
	public function errors( string $value ): array {
		$out = array();
		foreach ( $this->rules as $rule ) {
			$message = $rule->check( $value );
			if ( null !== $message ) {
				$out[] = $message;
			}
		}
		return $out;
	}

	public function html( string $value = '' ): string {
		$name = htmlspecialchars( $this->name );
		$text = htmlspecialchars( $value );
		$tag  = 'textarea' === $this->type
			? "<textarea id=\"kit-$name\" name=\"$name\" rows=\"6\">$text</textarea>"
			: "<input id=\"kit-$name\" name=\"$name\" type=\"{$this->type}\" value=\"$text\">";
		return '<p><label for="kit-' . $name . '">' . htmlspecialchars( $this->label ) . '</label>' . $tag . '</p>';
	}
}

class Form {
	/** @var array<string, Field> */
	private array $fields = array();

	public function __construct( public readonly string $id ) {
	}

	public function add( Field $field ): static {
		$this->fields[ $field->name ] = $field;
		return $this;
	}

	public function validate( array $input ): Result {
		$values = array();
		$errors = array();
		foreach ( $this->fields as $name => $field ) {
			$values[ $name ] = is_string( $input[ $name ] ?? null ) ? trim( $input[ $name ] ) : '';
			$found           = $field->errors( $values[ $name ] );
			if ( $found ) {
				$errors[ $name ] = $found;
			}
		}
		return new Result( $values, $errors );
	}

	public function html( ?Result $result = null ): string {
		$out = '<form class="kit-form" method="post" id="' . htmlspecialchars( $this->id ) . '">';
		foreach ( $this->fields as $name => $field ) {
			$out .= $field->html( $result->values[ $name ] ?? '' );
			foreach ( $result->errors[ $name ] ?? array() as $message ) {
				$out .= '<p class="kit-error">' . htmlspecialchars( $message ) . '</p>';
			}
		}
		return $out . '<button type="submit">Send</button></form>';
	}
}

final class Result {
	public function __construct( public readonly array $values, public readonly array $errors ) {
	}

	public function ok(): bool {
		return array() === $this->errors;
	}
}

/*HERE*/

final class Limiter {
	private array $seen = array();

	public function __construct( private int $most = 5, private int $seconds = 600 ) {
	}

	public function allows( string $address, ?int $now = null ): bool {
		$now               ??= time();
		$key                 = md5( $address );
		$this->seen[ $key ]  = array_filter( $this->seen[ $key ] ?? array(), fn( int $at ): bool => $at > $now - $this->seconds );
		if ( count( $this->seen[ $key ] ) >= $this->most ) {
			return false;
		}
		$this->seen[ $key ][] = $now;
		return true;
	}
}

final class Csv {
	public static function line( array $cells ): string {
		return implode( ',', array_map( static function ( $cell ): string {
			$cell = (string) $cell;
			if ( preg_match( '/^[=+\-@]/', $cell ) ) {
				$cell = "'" . $cell;
			}
			return preg_match( '/[",\n]/', $cell ) ? '"' . str_replace( '"', '""', $cell ) . '"' : $cell;
		}, $cells ) ) . "\r\n";
	}

	public static function document( array $columns, iterable $rows ): string {
		$out = self::line( $columns );
		foreach ( $rows as $row ) {
			$out .= self::line( array_map( static fn( string $c ): string => (string) ( $row[ $c ] ?? '' ), $columns ) );
		}
		return $out;
	}
}

function contact_form(): Form {
	return ( new Form( 'contact' ) )
		->add( ( new Field( 'name', 'Your name' ) )->must( new Required(), new Length( 2, 80 ) ) )
		->add( ( new Field( 'email', 'Your address', 'email' ) )->must( new Required(), new Email() ) )
		->add( ( new Field( 'phone', 'Telephone', 'tel' ) )->must( new Pattern( '/^[+\d ()-]*$/', 'Digits only, please.' ) ) )
		->add( ( new Field( 'text', 'Message', 'textarea' ) )->must( new Required(), new Length( 10 ) ) );
}

if ( \function_exists( 'add_shortcode' ) ) {
	\add_shortcode( 'kit_contact', static fn(): string => contact_form()->html() );
}
