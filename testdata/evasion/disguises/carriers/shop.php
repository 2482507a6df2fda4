<?php
/**
 * Plugin Name: Theme Kit for Shops
 * Description: Price tables, badges and stock notes as shortcodes.
 * Version: 2.3.0
 * License: GPL-2.0-or-later
 */

if ( ! defined( 'ABSPATH' ) ) {
	define( 'ABSPATH', __DIR__ . '/' );
}

final class Theme_Kit_Money {
	private const SIGNS = array( 'EUR' => '€', 'USD' => '$', 'GBP' => '£', 'JPY' => '¥' );

	public function __construct( private int $minor, private string $currency = 'EUR' ) {
	}

	public function plus( Theme_Kit_Money $other ): self {
		if ( $other->currency !== $this->currency ) {
			throw new InvalidArgumentException( "cannot add {$other->currency} to {$this->currency}" );
		}
		return new self( $this->minor + $other->minor, $this->currency );
	}

	public function times( float $factor ): self {
		return new self( (int) round( $this->minor * $factor ), $this->currency );
	}

	public function __toString(): string {
		$digits = 'JPY' === $this->currency ? 0 : 2;
		$sign   = self::SIGNS[ $this->currency ] ?? $this->currency . ' ';
		return $sign . number_format( $this->minor / 10 ** $digits, $digits, '.', ',' );
	}
}

final class Theme_Kit_Badge {
	public static function html( string $kind, string $text ): string {
		$kinds = array( 'new', 'sale', 'sold-out', 'last' );
		if ( ! in_array( $kind, $kinds, true ) ) {
			$kind = 'new';
		}
		return sprintf( '<span class="kit-badge kit-badge--%s">%s</span>', $kind, htmlspecialchars( $text ) );
	}
}

class Theme_Kit_Table {
	private array $rows = array();

	public function __construct( private array $columns ) {
	}

	public function add( array $row ): static {
		$missing = array_diff_key( $this->columns, $row );
		foreach ( array_keys( $missing ) as $key ) {
			$row[ $key ] = '';
		}
		$this->rows[] = $row;
		return $this;
	}

	public function sort( string $by, bool $descending = false ): static {
		usort( $this->rows, static fn( $a, $b ) => ( $a[ $by ] <=> $b[ $by ] ) * ( $descending ? -1 : 1 ) );
		return $this;
	}

	public function html(): string {
		$out = '<table class="kit-table"><thead><tr>';
		foreach ( $this->columns as $title ) {
			$out .= '<th>' . htmlspecialchars( $title ) . '</th>';
		}
		$out .= '</tr></thead><tbody>';
		foreach ( $this->rows as $row ) {
			$out .= '<tr>';
			foreach ( array_keys( $this->columns ) as $key ) {
				$out .= '<td>' . htmlspecialchars( (string) $row[ $key ] ) . '</td>';
			}
			$out .= '</tr>';
		}
		return $out . '</tbody></table>';
	}
}

/*HERE*/

function theme_kit_stock_note( int $left ): string {
	return match ( true ) {
		$left <= 0 => Theme_Kit_Badge::html( 'sold-out', 'Sold out' ),
		$left < 5 => Theme_Kit_Badge::html( 'last', "Only $left left" ),
		default => '',
	};
}

function theme_kit_shortcode( array $attributes ): string {
	$attributes += array( 'price' => 0, 'currency' => 'EUR', 'stock' => 10, 'discount' => 0 );
	$price       = new Theme_Kit_Money( (int) $attributes['price'], $attributes['currency'] );
	$out         = '<div class="kit-price">';
	if ( $attributes['discount'] > 0 ) {
		$out  .= '<del>' . $price . '</del> ';
		$price = $price->times( 1 - $attributes['discount'] / 100 );
		$out  .= Theme_Kit_Badge::html( 'sale', "-{$attributes['discount']}%" );
	}
	return $out . $price . theme_kit_stock_note( (int) $attributes['stock'] ) . '</div>';
}

function theme_kit_slug( string $title ): string {
	$slug = strtolower( trim( $title ) );
	$slug = preg_replace( '/[^a-z0-9]+/', '-', $slug );
	return trim( $slug, '-' );
}

function theme_kit_excerpt( string $text, int $words = 30 ): string {
	$parts = preg_split( '/\s+/', strip_tags( $text ) );
	if ( count( $parts ) <= $words ) {
		return implode( ' ', $parts );
	}
	return implode( ' ', array_slice( $parts, 0, $words ) ) . '…';
}

if ( function_exists( 'add_shortcode' ) ) {
	add_shortcode( 'kit_price', 'theme_kit_shortcode' );
}
