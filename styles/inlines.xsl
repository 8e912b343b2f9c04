<?xml version="1.0" encoding="UTF-8"?>
<!-- SPDX-License-Identifier: MIT -->
<!-- Inlines of the document to inlines of XSL-FO. -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
  xmlns:fo="http://www.w3.org/1999/XSL/Format" xmlns:vad="urn:vadovas:fo">

  <!-- no line begins with a dash: its space before does not break -->
  <xsl:template match="text()[contains(., ' &#x2013; ')]" name="dashes">
    <xsl:param name="text" select="string(.)"/>
    <xsl:choose>
      <xsl:when test="contains($text, ' &#x2013; ')">
        <xsl:value-of select="concat(substring-before($text, ' &#x2013; '), '&#xA0;&#x2013; ')"/>
        <xsl:call-template name="dashes">
          <xsl:with-param name="text" select="substring-after($text, ' &#x2013; ')"/>
        </xsl:call-template>
      </xsl:when>
      <xsl:otherwise><xsl:value-of select="$text"/></xsl:otherwise>
    </xsl:choose>
  </xsl:template>

  <xsl:template match="emphasis">
    <fo:inline font-style="italic"><xsl:apply-templates/></fo:inline>
  </xsl:template>
  <xsl:template match="emphasis//emphasis">
    <fo:inline font-style="normal"><xsl:apply-templates/></fo:inline>
  </xsl:template>
  <xsl:template match="strong">
    <fo:inline font-weight="700"><xsl:apply-templates/></fo:inline>
  </xsl:template>
  <xsl:template match="strike">
    <fo:inline text-decoration="line-through"><xsl:apply-templates/></fo:inline>
  </xsl:template>
  <xsl:template match="paragraph/code | cell/code | heading/code | caption/code | title/code
      | emphasis/code | strong/code | strike/code | link/code">
    <fo:inline font-family="{$family-code}" font-size="0.9em" hyphenate="false"><xsl:value-of select="."/></fo:inline>
  </xsl:template>
  <xsl:template match="linebreak"><xsl:text>&#x2028;</xsl:text></xsl:template>
  <xsl:template match="fact"><xsl:value-of select="."/></xsl:template>
  <xsl:template match="image">
    <fo:external-graphic src="{@src}" vad:alt="{@alt}" role="Figure"
      content-height="scale-down-to-fit" height="1.2em"/>
  </xsl:template>

  <xsl:template match="link">
    <fo:basic-link external-destination="url('{@href}')" color="{$ink-accent}">
      <xsl:apply-templates/>
    </fo:basic-link>
  </xsl:template>

  <!-- a cross-reference, worded by the edition; text of its own comes first;
       one that leads nowhere was already said by the reader -->
  <xsl:template match="xref[not(key('id', @ref))]">
    <xsl:apply-templates/>
    <fo:inline color="{$ink-alert}">[<xsl:value-of select="@ref"/>]</fo:inline>
  </xsl:template>
  <xsl:template match="xref[key('id', @ref)]">
    <fo:basic-link internal-destination="{@ref}" color="{$ink-accent}">
      <xsl:if test="node()">
        <xsl:apply-templates/>
        <xsl:text> (</xsl:text>
      </xsl:if>
      <xsl:apply-templates select="key('id', @ref)[1]" mode="reference"/>
      <xsl:if test="node()"><xsl:text>)</xsl:text></xsl:if>
    </fo:basic-link>
  </xsl:template>

  <xsl:template match="*" mode="reference">
    <xsl:call-template name="phrase">
      <xsl:with-param name="name" select="'xref-block'"/>
      <xsl:with-param name="page" select="@id"/>
    </xsl:call-template>
  </xsl:template>
  <xsl:template match="heading | figure | table" mode="reference">
    <xsl:variable name="number"><xsl:apply-templates select="." mode="number"/></xsl:variable>
    <xsl:variable name="role" select="ancestor::chapter[1]/@role"/>
    <xsl:variable name="name">
      <xsl:choose>
        <xsl:when test="self::figure">xref-figure</xsl:when>
        <xsl:when test="self::table and following-sibling::*[1][self::caption]">xref-table</xsl:when>
        <xsl:when test="self::table">xref-block</xsl:when>
        <xsl:when test="string($number) = ''">xref-front</xsl:when>
        <xsl:when test="@level = 1 and $role = 'annex'">xref-annex</xsl:when>
        <xsl:when test="@level = 1">xref-chapter</xsl:when>
        <xsl:otherwise>xref-section</xsl:otherwise>
      </xsl:choose>
    </xsl:variable>
    <xsl:call-template name="phrase">
      <xsl:with-param name="name" select="string($name)"/>
      <xsl:with-param name="number" select="$number"/>
      <xsl:with-param name="title"><xsl:apply-templates select="." mode="plain"/></xsl:with-param>
      <xsl:with-param name="page" select="@id"/>
    </xsl:call-template>
  </xsl:template>

  <!-- the first caller carries the footnote, the others its number -->
  <xsl:template match="note-ref">
    <xsl:variable name="number"><xsl:apply-templates select="." mode="number"/></xsl:variable>
    <xsl:variable name="caller">
      <fo:inline font-size="0.66em" baseline-shift="0.38em" line-height="0pt" role="Lbl" vad:figures="lining"
        font-family="{$family-text}" font-weight="400" font-style="normal"><xsl:value-of select="$number"/></fo:inline>
    </xsl:variable>
    <xsl:choose>
      <xsl:when test="generate-id() = generate-id(key('note-refs', @ref)[1])">
        <fo:footnote>
          <xsl:copy-of select="$caller"/>
          <fo:footnote-body role="Note" xsl:use-attribute-sets="footnote">
            <fo:list-block id="{@ref}" provisional-distance-between-starts="13pt"
              provisional-label-separation="3pt" role="none">
              <xsl:for-each select="key('id', @ref)[1]"><xsl:call-template name="bar"/></xsl:for-each>
              <fo:list-item role="none">
                <fo:list-item-label end-indent="label-end()" role="Lbl">
                  <fo:block text-align="start" vad:figures="lining" role="none"><xsl:value-of select="$number"/></fo:block>
                </fo:list-item-label>
                <fo:list-item-body start-indent="body-start()" role="none">
                  <xsl:apply-templates select="key('id', @ref)[1]/*"/>
                </fo:list-item-body>
              </fo:list-item>
            </fo:list-block>
          </fo:footnote-body>
        </fo:footnote>
      </xsl:when>
      <xsl:otherwise>
        <fo:basic-link internal-destination="{@ref}"><xsl:copy-of select="$caller"/></fo:basic-link>
      </xsl:otherwise>
    </xsl:choose>
  </xsl:template>

  <!-- the words of a heading for contents, running heads, bookmarks -->
  <xsl:template match="*" mode="plain"><xsl:apply-templates mode="plain"/></xsl:template>
  <xsl:template match="note-ref" mode="plain"/>
  <xsl:template match="linebreak" mode="plain"><xsl:text> </xsl:text></xsl:template>
  <xsl:template match="text()" mode="plain"><xsl:value-of select="."/></xsl:template>
</xsl:stylesheet>
