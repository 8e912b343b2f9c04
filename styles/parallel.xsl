<?xml version="1.0" encoding="UTF-8"?>
<!-- SPDX-License-Identifier: MIT -->
<!-- The parallel proof: a table with a row for each block of the base and each
     insert: what the overlay does and its state, the base, the edition.  A4
     across.  Footnotes are rows, as each has its own text and state. -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
  xmlns:fo="http://www.w3.org/1999/XSL/Format" xmlns:vad="urn:vadovas:fo"
  extension-element-prefixes="vad">

  <xsl:import href="book.xsl"/>

  <xsl:key name="side" match="chapter/*[@pair]" use="concat(boolean(ancestor::base), @pair)"/>

  <xsl:template match="/document">
    <fo:root xml:lang="{@lang}" font-family="{$family-text}" font-size="9.6pt" line-height="12.4pt"
      color="{$ink-text}" text-align="start" hyphenate="true" widows="2" orphans="2"
      vad:figures="old-style">
      <fo:layout-master-set>
        <fo:simple-page-master master-name="proof" page-width="297mm" page-height="210mm"
          margin-left="12mm" margin-right="12mm">
          <fo:region-body margin-top="17mm" margin-bottom="15mm"/>
          <fo:region-before extent="13mm" display-align="after"/>
          <fo:region-after extent="11mm" display-align="before"/>
        </fo:simple-page-master>
      </fo:layout-master-set>
      <fo:bookmark-tree>
        <xsl:for-each select="chapter/heading[@level = 1]">
          <fo:bookmark internal-destination="{@id}">
            <fo:bookmark-title><xsl:apply-templates select="." mode="bookmark"/></fo:bookmark-title>
          </fo:bookmark>
        </xsl:for-each>
      </fo:bookmark-tree>
      <xsl:apply-templates select="pairs/group"/>
    </fo:root>
  </xsl:template>

  <xsl:template match="group">
    <vad:emit>
      <fo:page-sequence master-reference="proof" role="Part">
        <fo:static-content flow-name="xsl-region-before" role="artifact">
          <fo:block xsl:use-attribute-sets="small" font-size="8.6pt" color="{$ink-grey}" hyphenate="false">
            <xsl:call-template name="parallel-title"/>
          </fo:block>
        </fo:static-content>
        <fo:static-content flow-name="xsl-region-after" role="artifact">
          <fo:block xsl:use-attribute-sets="small" text-align="end">
            <xsl:if test="$draft = 'yes'"><xsl:call-template name="draft-word"/>&#x2003;</xsl:if>
            <fo:page-number/>
          </fo:block>
        </fo:static-content>
        <fo:flow flow-name="xsl-region-body">
          <xsl:if test="not(preceding-sibling::group)">
            <fo:block xsl:use-attribute-sets="heading" role="H1" font-size="15pt" line-height="19pt"
              color="{$ink-accent}" space-after="4pt">
              <xsl:call-template name="parallel-title"/>
            </fo:block>
            <fo:block xsl:use-attribute-sets="small" role="P" space-after="8pt">
              <xsl:for-each select="/document/edition"><xsl:call-template name="parallel-count"/></xsl:for-each>
            </fo:block>
          </xsl:if>
          <fo:table table-layout="fixed" width="100%" border-collapse="collapse" role="Table" text-indent="0pt">
            <fo:table-column column-width="31mm"/>
            <fo:table-column column-width="121mm"/>
            <fo:table-column column-width="121mm"/>
            <fo:table-header>
              <fo:table-row role="TR">
                <xsl:call-template name="column-head">
                  <xsl:with-param name="text">
                    <xsl:call-template name="word"><xsl:with-param name="name" select="'state'"/></xsl:call-template>
                  </xsl:with-param>
                </xsl:call-template>
                <xsl:call-template name="column-head">
                  <xsl:with-param name="text" select="/document/base/edition/title"/>
                  <xsl:with-param name="lang" select="/document/base/@lang"/>
                </xsl:call-template>
                <xsl:call-template name="column-head">
                  <xsl:with-param name="text" select="/document/edition/title"/>
                </xsl:call-template>
              </fo:table-row>
            </fo:table-header>
            <fo:table-body><xsl:apply-templates select="pair"/></fo:table-body>
          </fo:table>
        </fo:flow>
      </fo:page-sequence>
    </vad:emit>
  </xsl:template>

  <!-- "Parallel proof: TITLE (et)" -->
  <xsl:template name="parallel-title">
    <xsl:call-template name="word"><xsl:with-param name="name" select="'parallel'"/></xsl:call-template>
    <xsl:value-of select="concat(': ', /document/edition/title, ' (', /document/@edition, ')')"/>
  </xsl:template>

  <!-- "Revision 1, 23.11.2026.  stale: 2  missing: 1" -->
  <xsl:template name="parallel-count">
    <xsl:call-template name="phrase">
      <xsl:with-param name="name" select="'revision'"/>
      <xsl:with-param name="number" select="@revision"/>
    </xsl:call-template>
    <xsl:text>, </xsl:text>
    <xsl:call-template name="date"><xsl:with-param name="iso" select="string(@date)"/></xsl:call-template>
    <xsl:for-each select="/document/pairs/group/pair">
      <xsl:variable name="state" select="@state"/>
      <xsl:if test="not(preceding-sibling::pair[@state = $state])
          and not(parent::group/preceding-sibling::group/pair[@state = $state])">
        <xsl:text>&#x2003;</xsl:text>
        <xsl:call-template name="word"><xsl:with-param name="name" select="@state"/></xsl:call-template>
        <xsl:value-of select="concat(': ', count(/document/pairs/group/pair[@state = $state]))"/>
      </xsl:if>
    </xsl:for-each>
  </xsl:template>

  <xsl:template name="column-head">
    <xsl:param name="text"/>
    <xsl:param name="lang"/>
    <fo:table-cell role="TH" vad:scope="Column" padding="2pt" padding-start="0pt" padding-end="8pt"
      border-after-style="solid" border-after-width="0.9pt">
      <xsl:if test="$lang"><xsl:attribute name="xml:lang"><xsl:value-of select="$lang"/></xsl:attribute></xsl:if>
      <fo:block xsl:use-attribute-sets="small" role="P" font-weight="700"><xsl:value-of select="$text"/></fo:block>
    </fo:table-cell>
  </xsl:template>

  <!-- ============ a row ============ -->

  <xsl:template match="pair">
    <fo:table-row role="TR">
      <fo:table-cell xsl:use-attribute-sets="proof-cell" role="TD"><xsl:call-template name="pair-state"/></fo:table-cell>
      <fo:table-cell xsl:use-attribute-sets="proof-cell" role="TD" xml:lang="{/document/base/@lang}">
        <xsl:apply-templates select="key('side', concat('true', @number))"/>
        <xsl:if test="node()">
          <fo:block xsl:use-attribute-sets="small" role="P" space-before="3pt"><xsl:apply-templates mode="change"/></fo:block>
        </xsl:if>
        <xsl:if test="not(key('side', concat('true', @number)))"><fo:block/></xsl:if>
      </fo:table-cell>
      <fo:table-cell xsl:use-attribute-sets="proof-cell" role="TD">
        <xsl:apply-templates select="key('side', concat('false', @number))"/>
        <xsl:if test="not(key('side', concat('false', @number)))"><fo:block/></xsl:if>
      </fo:table-cell>
    </fo:table-row>
  </xsl:template>
  <xsl:attribute-set name="proof-cell">
    <xsl:attribute name="padding-before">2.6pt</xsl:attribute>
    <xsl:attribute name="padding-after">2.8pt</xsl:attribute>
    <xsl:attribute name="padding-end">8pt</xsl:attribute>
    <xsl:attribute name="border-after-style">solid</xsl:attribute>
    <xsl:attribute name="border-after-width">0.3pt</xsl:attribute>
    <xsl:attribute name="border-after-color"><xsl:value-of select="$ink-rule"/></xsl:attribute>
  </xsl:attribute-set>

  <!-- what is not current is said first, in bold: told apart without colour -->
  <xsl:template name="pair-state">
    <fo:block xsl:use-attribute-sets="small" font-size="8.6pt" line-height="11pt" role="P">
      <xsl:if test="@state != 'current'">
        <fo:inline font-weight="700" color="{$ink-alert}">
          <xsl:call-template name="word"><xsl:with-param name="name" select="@state"/></xsl:call-template>
        </fo:inline>
        <xsl:if test="@waived">
          <xsl:text> (</xsl:text>
          <xsl:call-template name="word"><xsl:with-param name="name" select="'waived'"/></xsl:call-template>
          <xsl:text>)</xsl:text>
        </xsl:if>
        <xsl:if test="@operation"><xsl:text>, </xsl:text></xsl:if>
      </xsl:if>
      <xsl:call-template name="word"><xsl:with-param name="name" select="@operation"/></xsl:call-template>
      <xsl:if test="@key">
        <xsl:text> </xsl:text>
        <fo:inline color="{$ink-grey}"><xsl:value-of select="@key"/></fo:inline>
      </xsl:if>
    </fo:block>
    <xsl:if test="@reason">
      <fo:block xsl:use-attribute-sets="small" font-size="8.6pt" line-height="11pt" role="P" space-before="2pt">
        <xsl:call-template name="phrase">
          <xsl:with-param name="name" select="'reason'"/>
          <xsl:with-param name="title" select="@reason"/>
        </xsl:call-template>
      </fo:block>
    </xsl:if>
  </xsl:template>

  <!-- ============ blocks that look otherwise in a row ============ -->

  <xsl:template name="bar"/>

  <xsl:template match="heading" priority="5">
    <xsl:variable name="number"><xsl:apply-templates select="." mode="number"/></xsl:variable>
    <fo:block font-family="{$family-head}" vad:figures="lining" font-weight="700" hyphenate="false"
      color="{$ink-accent}" role="H{@level}">
      <xsl:attribute name="font-size">
        <xsl:choose>
          <xsl:when test="@level = 1">14pt</xsl:when>
          <xsl:when test="@level = 2">12pt</xsl:when>
          <xsl:otherwise>10pt</xsl:otherwise>
        </xsl:choose>
      </xsl:attribute>
      <xsl:attribute name="line-height">1.25em</xsl:attribute>
      <xsl:apply-templates select="." mode="spine"/>
      <xsl:if test="string($number) != ''"><xsl:value-of select="concat($number, '&#x2002;')"/></xsl:if>
      <xsl:apply-templates/>
    </fo:block>
  </xsl:template>

  <xsl:template match="chapter/paragraph[not(@role)]">
    <fo:block role="P">
      <xsl:apply-templates select="." mode="spine"/>
      <xsl:apply-templates/>
    </fo:block>
  </xsl:template>

  <!-- a caption is a block with a state of its own: not above its table -->
  <xsl:template match="caption" mode="set"/>
  <xsl:template match="chapter/caption">
    <fo:block xsl:use-attribute-sets="small" role="P">
      <xsl:apply-templates select="." mode="spine"/>
      <fo:inline font-weight="700">
        <xsl:call-template name="phrase">
          <xsl:with-param name="name" select="'table'"/>
          <xsl:with-param name="number">
            <xsl:apply-templates select="preceding-sibling::table[1]" mode="number"/>
          </xsl:with-param>
        </xsl:call-template>
      </fo:inline>
      <xsl:text>&#x2002;</xsl:text>
      <xsl:apply-templates/>
    </fo:block>
  </xsl:template>

  <xsl:template match="note-ref" priority="5">
    <xsl:variable name="number"><xsl:apply-templates select="." mode="number"/></xsl:variable>
    <fo:basic-link internal-destination="{@ref}">
      <fo:inline font-size="0.66em" baseline-shift="0.38em" line-height="0pt" vad:figures="lining"
        font-weight="400" font-style="normal"><xsl:value-of select="$number"/></fo:inline>
    </fo:basic-link>
  </xsl:template>
  <xsl:template match="footnote" priority="5">
    <xsl:variable name="number"><xsl:apply-templates select="key('note-refs', @id)[1]" mode="number"/></xsl:variable>
    <fo:block font-size="8.6pt" line-height="10.6pt" role="Sect">
      <xsl:apply-templates select="." mode="spine"/>
      <fo:block role="P" vad:figures="lining" font-weight="700" keep-with-next.within-column="always">
        <xsl:value-of select="$number"/>
        <xsl:if test="string($number) = ''"><xsl:value-of select="@label"/></xsl:if>
      </fo:block>
      <xsl:apply-templates/>
    </fo:block>
  </xsl:template>
</xsl:stylesheet>
